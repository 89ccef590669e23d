namespace DeepKeras.Layers;

/// <summary>Stretches all images to one size.</summary>
/// <param name="batch">The images.</param>
/// <param name="height">Rows afterwards.</param>
/// <param name="width">Columns afterwards.</param>
/// <param name="interpolation">How pixels are read.</param>
/// <param name="antialias">Whether every pixel of a reduced image is a mean over what it stands for.</param>
internal sealed class ResizeTransform(ImageBatch batch, int height, int width, ResizeInterpolation interpolation, bool antialias) : GeometricTransform
{
    protected override (int Height, int Width) Size => (height, width);

    public override Tensor Images(Tensor images)
    {
        if (batch.Height == height && batch.Width == width) return images;
        if (interpolation == ResizeInterpolation.Nearest) return NearestNeighbour(images);
        if (images.dtype is ScalarType.Float32 or ScalarType.Float64) return Interpolate(images);
        // Whole numbers stay whole: rounded, and kept between 0 and 255 where they are bytes.
        var resized = Interpolate(images.to(ScalarType.Float32)).round();
        return (images.dtype == ScalarType.Byte ? resized.clamp_(0, 255) : resized).to(images.dtype);
    }

    public override Tensor Masks(Tensor masks) => batch.Height == height && batch.Width == width ? masks : NearestNeighbour(masks);

    protected override Homography Movement(int image) => Homography.Scaling((double)width / batch.Width, (double)height / batch.Height);

    private Tensor Interpolate(Tensor images)
    {
        if (antialias && interpolation != ResizeInterpolation.Area) return ResizeWeights.Resize(images, height, width, interpolation);
        var mode = interpolation switch
        {
            ResizeInterpolation.Bilinear => torch.InterpolationMode.Bilinear,
            ResizeInterpolation.Bicubic => torch.InterpolationMode.Bicubic,
            _ => torch.InterpolationMode.Area,
        };
        return torch.nn.functional.interpolate(images, [height, width], null, mode, mode == torch.InterpolationMode.Area ? null : false);
    }

    /// <summary>The pixel in whose square the new pixel's centre lies; any type.</summary>
    private Tensor NearestNeighbour(Tensor images) =>
        Pick(Pick(images, 2, Nearest(batch.Height, height).to(images.device)), 3, Nearest(batch.Width, width).to(images.device));

    private static Tensor Nearest(int from, int to) => torch.tensor([.. Enumerable.Range(0, to).Select(i => Math.Min((long)((i + 0.5) * from / to), from - 1))]);
}
