namespace DeepKeras.Layers;

/// <summary>
/// The difference of its two inputs, element by element: <c>a − b</c>
/// (Keras: <c>keras.layers.Subtract</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, …), (N, …)] → (N, …)</c>; exactly two inputs, extents of 1 are stretched.
/// <code>var t = Subtract()(a, b);   // the same as a - b</code>
/// </remarks>
public sealed class Subtract : ElementwiseMergeLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">A unique name; automatic by default.</param>
    public Subtract(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    private protected override bool TakesTwo => true;

    /// <inheritdoc/>
    private protected override Tensor Combine(Tensor left, Tensor right) => left.sub(right);
}
