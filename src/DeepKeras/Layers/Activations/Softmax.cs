using DeepKeras.Activations;

namespace DeepKeras.Layers;

/// <summary>Probabilities from any numbers: <c>eˣⁱ / Σⱼ eˣʲ</c> over one axis or several (Keras: <c>keras.layers.Softmax</c>).</summary>
/// <remarks>
/// A mask of the input's own rank takes elements out: they get probability 0 and the others share 1. A mask of steps, which says nothing about the
/// elements of a step, is only handed on.
/// <para><b>Shapes</b> unchanged.</para>
/// <code>var t = Softmax()(Dense(10)(t));</code>
/// </remarks>
public sealed class Softmax : Layer, IMaskConsumer
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
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => Axis.TryResolve(input.Rank, out _) ? input : throw Throw.NoSuchAxis(this, Axis, input);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => ActivationFunctions.Softmax(input, Axis);

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training)
    {
        var (input, mask) = (inputs[0], masks[0]!);
        if (mask.ndim != input.ndim) return [Forward(input, training)];
        var left = mask.to_type(ScalarType.Bool).logical_not();
        // Far below any other value, and finite, so that a row without any element does not become NaN.
        var lowest = input.dtype == ScalarType.Float16 ? -3e4 : -1e9;
        return [ActivationFunctions.Softmax(input.masked_fill(left, lowest), Axis).masked_fill(left, 0)];
    }
}
