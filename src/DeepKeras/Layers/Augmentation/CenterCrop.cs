namespace DeepKeras.Layers;

/// <summary>Cuts the middle out of images, in training and outside it (Keras: <c>keras.layers.CenterCrop</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, height, width, C)</c>.
/// Of images that are smaller in one direction the greatest window with the new aspect ratio is taken and resized (bilinear). Bytes stay bytes.
/// <code>var t = CenterCrop(28, 28)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class CenterCrop : ImageAugmentationLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="height">Rows afterwards.</param>
    /// <param name="width">Columns afterwards.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An extent is not positive.</exception>
    public CenterCrop(int height, int width, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(dataFormat, inputShape, name)
    {
        if (height < 1) throw Throw.ImageSize(Where, nameof(height), height);
        if (width < 1) throw Throw.ImageSize(Where, nameof(width), width);
        Height = height;
        Width = width;
    }

    /// <summary>Rows afterwards.</summary>
    public int Height { get; }

    /// <summary>Columns afterwards.</summary>
    public int Width { get; }

    private protected override bool KeepsType => true;

    private protected override (long? Height, long? Width) OutputSize(long? height, long? width) => (Height, Width);

    internal override ImageTransform Transform(ImageBatch batch, bool training) => batch.Height >= Height && batch.Width >= Width
        ? new CropTransform([.. Enumerable.Repeat(((batch.Height - Height) / 2, (batch.Width - Width) / 2), batch.Count)], Height, Width)
        : ImageFit.Crop(batch, Height, Width, ResizeInterpolation.Bilinear);
}
