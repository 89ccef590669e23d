using DeepKeras.Activations;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>An activation function as a layer of its own (Keras: <c>keras.layers.Activation</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged, but for <c>glu</c>, which halves the last axis.
/// <code>var t = Activation("relu")(BatchNormalization()(t));</code>
/// </remarks>
public sealed class Activation : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="activation">The function: a name such as <c>"relu"</c>, or a function of tensors.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Activation([HeldBy(nameof(Function))] ActivationFunction activation, Shape? inputShape = null, string? name = null)
        : base(inputShape, name) => Function = activation;

    /// <summary>The function.</summary>
    public ActivationFunction Function { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        if (Function.Name != "glu") return input;
        if (input[^1] % 2 != 0) throw Throw.BadInput(this, "an even last axis for glu", input, "Give glu twice as many features as are wanted behind it.");
        return input.With(-1, input[^1] / 2);
    }

    /// <inheritdoc/>
    internal override Func<Tensor, Tensor>? Overwriting => Function.Overwriting;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => Function.Function(input);
}
