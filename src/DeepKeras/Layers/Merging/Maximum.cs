namespace DeepKeras.Layers;

/// <summary>
/// The largest of its inputs, element by element: <c>max(a, b, …)</c>
/// (Keras: <c>keras.layers.Maximum</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, …), (N, …), …] → (N, …)</c>; extents of 1 are stretched.
/// <code>var t = Maximum()(a, b);</code>
/// </remarks>
public sealed class Maximum : ElementwiseMergeLayer, IMaskConsumer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">A unique name; automatic by default.</param>
    public Maximum(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) => [MaskedMerging.Extremum(inputs, masks, Combine)];

    /// <inheritdoc/>
    private protected override Tensor Combine(Tensor left, Tensor right) => torch.maximum(left, right);
}
