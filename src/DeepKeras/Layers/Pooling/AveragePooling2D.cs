using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The mean of each window, channel by channel (Keras: <c>keras.layers.AveragePooling2D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, H′, W′, C)</c>: "valid" H′ = ⌊(H − pool) / stride⌋ + 1, "same" H′ = ⌈H / stride⌉.
/// "same" divides by the number of real cells in the window; explicit padding counts its zeros, as PyTorch does.
/// <code>var t = AveragePooling2D(2)(Input(28, 28, 6)); // (None, 14, 14, 6)</code>
/// </remarks>
[KerasName("AvgPool2D")]
public sealed class AveragePooling2D : Pooling2DBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">Height and width of the window; 2 by default.</param>
    /// <param name="strides">Cells from one window to the next; the pool size by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c>, <c>"ceil"</c> (see <see cref="Padding.Ceil"/>), or a number of zeros on every side, at most half the pool.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, or explicit padding exceeds half the pool.</exception>
    public AveragePooling2D(Size2D? poolSize = null, Size2D? strides = null, Padding padding = default, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(poolSize, strides, padding, dataFormat, inputShape, name)
    {
    }

    private protected override Tensor Pool(Tensor images, long[] size, long[] strides, long[] padding, bool roundUp)
    {
        var shape = images.shape;
        return !DataFormat.IsChannelsFirst && NarrowAveragePooling.Fits(images, shape, size, strides, padding)
            ? NarrowAveragePooling.Pool(images, shape)
            : torch.nn.functional.avg_pool2d(images, size, strides, padding, roundUp, Padding.Mode != PaddingMode.Same);
    }
}
