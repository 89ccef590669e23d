using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The mean of each window of a sequence, channel by channel (Keras: <c>keras.layers.AveragePooling1D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, L′, C)</c>: "valid" L′ = ⌊(L − pool) / stride⌋ + 1, "same" L′ = ⌈L / stride⌉. "same" divides by the number of real cells in the window.
/// <code>var t = AveragePooling1D(2)(Input(100, 8)); // (None, 50, 8)</code>
/// </remarks>
[KerasName("AvgPool1D")]
public sealed class AveragePooling1D : PoolingBase<Size1D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">Steps of the window.</param>
    /// <param name="strides">Steps from one window to the next; the pool size by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c> or <c>"ceil"</c> (see <see cref="Padding.Ceil"/>).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, or the padding is a number.</exception>
    public AveragePooling1D(Size1D poolSize, Size1D? strides = null, Padding padding = default, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(poolSize, strides, padding, dataFormat, inputShape, name)
    {
    }

    private protected override Tensor Pool(Tensor native, long[] size, long[] strides, long[] padding, bool roundUp) =>
        torch.nn.functional.avg_pool1d(native, size[0], strides[0], padding[0], roundUp, Padding.Mode != PaddingMode.Same);
}
