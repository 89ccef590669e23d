using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The largest value in each window of a volume, channel by channel (Keras: <c>keras.layers.MaxPooling3D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C) → (N, D′, H′, W′, C)</c>: "valid" D′ = ⌊(D − pool) / stride⌋ + 1, "same" D′ = ⌈D / stride⌉, H′ and W′ alike. Padding counts as −∞.
/// <code>var t = MaxPooling3D(2)(Input(16, 28, 28, 8)); // (None, 8, 14, 14, 8)</code>
/// </remarks>
[KerasName("MaxPool3D")]
public sealed class MaxPooling3D : PoolingBase<Size3D>
{
    private static readonly long[] s_noDilation = [1, 1, 1];

    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">Depth, height and width of the window; 2 by default.</param>
    /// <param name="strides">Cells from one window to the next; the pool size by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c> or <c>"ceil"</c> (see <see cref="Padding.Ceil"/>).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, or the padding is a number.</exception>
    public MaxPooling3D(Size3D? poolSize = null, Size3D? strides = null, Padding padding = default, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(poolSize ?? 2, strides, padding, dataFormat, inputShape, name)
    {
    }

    private protected override Tensor Pool(Tensor native, long[] size, long[] strides, long[] padding, bool roundUp) =>
        torch.nn.functional.max_pool3d(native, size, strides, padding, s_noDilation, roundUp);
}
