using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The largest value of each channel over the whole image (Keras: <c>keras.layers.GlobalMaxPooling2D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, C)</c>, or <c>(N, 1, 1, C)</c> with <c>keepdims</c>.
/// <code>var t = GlobalMaxPooling2D()(Input(7, 7, 512)); // (None, 512)</code>
/// </remarks>
[KerasName("GlobalMaxPool2D")]
public sealed class GlobalMaxPooling2D : GlobalPooling2DBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="keepdims">Whether height and width stay, with extent 1.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public GlobalMaxPooling2D(DataFormat dataFormat = default, bool keepdims = false, Shape? inputShape = null, string? name = null)
        : base(dataFormat, keepdims, inputShape, name)
    {
    }

    private protected override Tensor Reduce(Tensor input, long[] axes, bool keepdims) => input.amax(axes, keepdims);
}
