using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The mean of each channel over the whole image (Keras: <c>keras.layers.GlobalAveragePooling2D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, C)</c>, or <c>(N, 1, 1, C)</c> with <c>keepdims</c>.
/// <code>var t = GlobalAveragePooling2D()(Input(7, 7, 512)); // (None, 512)</code>
/// </remarks>
[KerasName("GlobalAvgPool2D")]
public sealed class GlobalAveragePooling2D : GlobalPooling2DBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="keepdims">Whether height and width stay, with extent 1.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public GlobalAveragePooling2D(DataFormat dataFormat = default, bool keepdims = false, Shape? inputShape = null, string? name = null)
        : base(dataFormat, keepdims, inputShape, name)
    {
    }

    private protected override Tensor Reduce(Tensor input, long[] axes, bool keepdims) => input.mean(axes, keepdims);
}
