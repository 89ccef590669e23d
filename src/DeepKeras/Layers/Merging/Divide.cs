namespace DeepKeras.Layers;

/// <summary>
/// The quotient of its two inputs, element by element: <c>a / b</c>; the layer that <c>a / b</c> on symbolic tensors records
/// (Keras: <c>keras.ops.divide</c>, which has no layer there).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, …), (N, …)] → (N, …)</c>; exactly two inputs, extents of 1 are stretched.
/// <code>var t = Divide()(a, b);   // the same as a / b</code>
/// </remarks>
public sealed class Divide : ElementwiseMergeLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">A unique name; automatic by default.</param>
    public Divide(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    private protected override bool TakesTwo => true;

    /// <inheritdoc/>
    private protected override Tensor Combine(Tensor left, Tensor right) => left.div(right);
}
