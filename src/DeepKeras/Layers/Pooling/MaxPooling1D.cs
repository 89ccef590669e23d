using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The largest value in each window of a sequence, channel by channel (Keras: <c>keras.layers.MaxPooling1D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, L′, C)</c>: "valid" L′ = ⌊(L − pool) / stride⌋ + 1, "same" L′ = ⌈L / stride⌉. Padding counts as −∞.
/// <code>var t = MaxPooling1D(2)(Input(100, 8)); // (None, 50, 8)</code>
/// </remarks>
[KerasName("MaxPool1D")]
public sealed class MaxPooling1D : PoolingBase<Size1D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">Steps of the window; 2 by default.</param>
    /// <param name="strides">Steps from one window to the next; the pool size by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c> or <c>"ceil"</c> (see <see cref="Padding.Ceil"/>).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, or the padding is a number.</exception>
    public MaxPooling1D(Size1D? poolSize = null, Size1D? strides = null, Padding padding = default, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(poolSize ?? 2, strides, padding, dataFormat, inputShape, name)
    {
    }

    private protected override Tensor Pool(Tensor native, long[] size, long[] strides, long[] padding, bool roundUp) =>
        torch.nn.functional.max_pool1d(native, size[0], strides[0], padding[0], 1, roundUp);
}
