namespace DeepKeras.Layers;

/// <summary>
/// Masks the steps whose features all equal one value, and sets them to 0 (Keras: <c>keras.layers.Masking</c>). The mask travels to the layers that
/// follow and to the loss.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, steps, …, features)</c> unchanged; the mask is <c>(N, steps, …)</c>.
/// <code>var t = Masking(maskValue: -1)(Input(100, 8));</code>
/// </remarks>
public sealed class Masking : Layer, IMaskProducer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="maskValue">What all features of a step equal that does not count; 0 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Masking(double maskValue = 0, Shape? inputShape = null, string? name = null)
        : base(inputShape, name) => MaskValue = maskValue;

    /// <summary>What all features of a step equal that does not count.</summary>
    public double MaskValue { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) =>
        input.Rank >= 2 ? input : throw Throw.BadInput(this, "steps with features, (N, steps, features)", input, "Build the model with Input(steps, features).");

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => input.mul(Counts(input, keepAxis: true));

    /// <inheritdoc/>
    public bool ProducesMask(IReadOnlyList<bool> inputs) => true;

    /// <inheritdoc/>
    public Tensor ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks) => Counts(inputs[0], keepAxis: false);

    private Tensor Counts(Tensor input, bool keepAxis) => input.ne(MaskValue).any(-1, keepAxis);
}
