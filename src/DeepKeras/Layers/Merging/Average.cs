namespace DeepKeras.Layers;

/// <summary>
/// The mean of its inputs, element by element: <c>(a + b + …) / count</c>
/// (Keras: <c>keras.layers.Average</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, …), (N, …), …] → (N, …)</c>; extents of 1 are stretched.
/// <code>var t = Average()(model1, model2, model3);</code>
/// </remarks>
public sealed class Average : ElementwiseMergeLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">A unique name; automatic by default.</param>
    public Average(string? name = null)
        : base(name)
    {
    }

    /// <inheritdoc/>
    private protected override Tensor Combine(Tensor left, Tensor right) => left.add(right);

    /// <inheritdoc/>
    private protected override Tensor Finish(Tensor combined, int count) => combined.div(count);
}
