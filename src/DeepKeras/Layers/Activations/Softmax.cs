using DeepKeras.Activations;

namespace DeepKeras.Layers;

/// <summary>Probabilities from any numbers: <c>eˣⁱ / Σⱼ eˣʲ</c> over one axis or several (Keras: <c>keras.layers.Softmax</c>).</summary>
/// <remarks><b>Shapes</b> unchanged. <code>var t = Softmax()(Dense(10)(t));</code></remarks>
public sealed class Softmax : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axes along which the result sums to 1; −1, the last, by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Softmax(Axes? axis = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name) => Axis = axis ?? Axes.Last;

    /// <summary>The axes along which the result sums to 1.</summary>
    public Axes Axis { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => Axis.TryResolve(input.Rank, out _) ? input : throw Throw.NoSuchAxis(this, Axis, input);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => ActivationFunctions.Softmax(input, Axis);
}
