using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The largest value in each window, channel by channel (Keras: <c>keras.layers.MaxPooling2D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, H′, W′, C)</c>: "valid" H′ = ⌊(H − pool) / stride⌋ + 1, "same" H′ = ⌈H / stride⌉. Padding counts as −∞.
/// <code>var t = MaxPooling2D(2)(Input(28, 28, 6)); // (None, 14, 14, 6)</code>
/// </remarks>
[KerasName("MaxPool2D")]
public sealed class MaxPooling2D : Pooling2DBase
{
    private static readonly long[] s_noDilation = [1, 1];

    /// <summary>Creates the layer.</summary>
    /// <param name="poolSize">Height and width of the window; 2 by default.</param>
    /// <param name="strides">Cells from one window to the next; the pool size by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c>, <c>"ceil"</c> (see <see cref="Padding.Ceil"/>), or a number of cells on every side, at most half the pool.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, or explicit padding exceeds half the pool.</exception>
    public MaxPooling2D(Size2D? poolSize = null, Size2D? strides = null, Padding padding = default, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(poolSize, strides, padding, dataFormat, inputShape, name)
    {
    }

    private protected override Tensor Pool(Tensor images, long[] size, long[] strides, long[] padding, bool roundUp) =>
        torch.nn.functional.max_pool2d(images, size, strides, padding, s_noDilation, roundUp);
}
