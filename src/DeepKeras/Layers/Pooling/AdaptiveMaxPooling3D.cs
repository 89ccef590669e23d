namespace DeepKeras.Layers;

/// <summary>
/// The largest number in each cell of a grid laid over the volume, whatever its extent (Keras: <c>keras.layers.AdaptiveMaxPooling3D</c>). Cell i of n reaches
/// from ⌊i · D / n⌋ to ⌈(i + 1) · D / n⌉, along H and W alike, so that neighbouring cells may overlap.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C) → (N, depth, height, width, C)</c>.
/// <code>var t = AdaptiveMaxPooling3D((2, 7, 7))(Input(5, 12, 9, 64)); // (None, 2, 7, 7, 64)</code>
/// </remarks>
public sealed class AdaptiveMaxPooling3D : AdaptivePoolingBase<Size3D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">Depth, height and width of the grid: <c>7</c> or <c>(2, 7, 7)</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive.</exception>
    public AdaptiveMaxPooling3D(Size3D outputSize, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(outputSize, dataFormat, inputShape, name)
    {
    }

    /// <inheritdoc/>
    // Rows and columns first, then slices: the largest of a box is the largest of its slices' largest. TorchSharp's own adaptive_max_pool3d takes sequences only.
    private protected override Tensor Pool(Tensor native, long[] size)
    {
        var slices = torch.nn.functional.adaptive_max_pool2d(native.flatten(1, 2), [size[1], size[2]]);
        var columns = slices.reshape(native.size(0), native.size(1), native.size(2), size[1] * size[2]);
        return torch.nn.functional.adaptive_max_pool2d(columns, [size[0], size[1] * size[2]]).reshape(native.size(0), native.size(1), size[0], size[1], size[2]);
    }
}
