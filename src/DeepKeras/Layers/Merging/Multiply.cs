namespace DeepKeras.Layers;

/// <summary>
/// The product of its inputs, element by element: <c>a · b · …</c>
/// (Keras: <c>keras.layers.Multiply</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, …), (N, …), …] → (N, …)</c>; extents of 1 are stretched.
/// <code>var t = Multiply()(features, gate);   // the same as features * gate</code>
/// </remarks>
public sealed class Multiply : ElementwiseMergeLayer, IMaskConsumer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">A unique name; automatic by default.</param>
    public Multiply(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) => [MaskedMerging.Product(inputs, masks)];

    /// <inheritdoc/>
    private protected override Tensor Combine(Tensor left, Tensor right) => left.mul(right);
}
