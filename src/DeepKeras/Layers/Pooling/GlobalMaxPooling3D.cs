using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The largest value of each channel over the whole volume (Keras: <c>keras.layers.GlobalMaxPooling3D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C) → (N, C)</c>, or <c>(N, 1, 1, 1, C)</c> with <c>keepdims</c>.
/// <code>var t = GlobalMaxPooling3D()(Input(16, 28, 28, 8)); // (None, 8)</code>
/// </remarks>
[KerasName("GlobalMaxPool3D")]
public sealed class GlobalMaxPooling3D : GlobalPoolingBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="keepdims">Whether depth, height and width stay, with extent 1.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public GlobalMaxPooling3D(DataFormat dataFormat = default, bool keepdims = false, Shape? inputShape = null, string? name = null)
        : base(3, dataFormat, keepdims, inputShape, name)
    {
    }

    private protected override Tensor Reduce(Tensor input, long[] axes, bool keepdims) => input.amax(axes, keepdims);
}
