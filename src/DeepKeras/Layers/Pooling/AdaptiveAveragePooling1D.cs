namespace DeepKeras.Layers;

/// <summary>
/// The mean of each cell of a grid laid over the sequence, whatever its extent (Keras: <c>keras.layers.AdaptiveAveragePooling1D</c>). Cell i of n reaches
/// from ⌊i · L / n⌋ to ⌈(i + 1) · L / n⌉, so that neighbouring cells may overlap.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, length, C)</c>.
/// <code>var t = AdaptiveAveragePooling1D(4)(Input(10, 8)); // (None, 4, 8)</code>
/// </remarks>
public sealed class AdaptiveAveragePooling1D : AdaptivePoolingBase<Size1D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">Number of cells.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive.</exception>
    public AdaptiveAveragePooling1D(Size1D outputSize, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(outputSize, dataFormat, inputShape, name)
    {
    }

    /// <inheritdoc/>
    private protected override Tensor Pool(Tensor native, long[] size) => torch.nn.functional.adaptive_avg_pool1d(native, size[0]);
}
