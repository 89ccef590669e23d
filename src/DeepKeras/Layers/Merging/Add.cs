namespace DeepKeras.Layers;

/// <summary>
/// The sum of its inputs, element by element: <c>a + b + …</c>
/// (Keras: <c>keras.layers.Add</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, …), (N, …), …] → (N, …)</c>; extents of 1 are stretched.
/// <code>var t = Add()(shortcut, residual);   // the same as shortcut + residual</code>
/// </remarks>
public sealed class Add : ElementwiseMergeLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">A unique name; automatic by default.</param>
    public Add(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    private protected override Tensor Combine(Tensor left, Tensor right) => left.add(right);
}
