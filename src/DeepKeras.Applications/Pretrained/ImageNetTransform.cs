namespace DeepKeras.Applications.Pretrained;

/// <summary>
/// What torchvision does to a photo before a network sees it: resize its shorter side, cut the middle out, bring the colours from 0 … 255 to mean 0 and
/// deviation 1 as on ImageNet.
/// </summary>
/// <param name="Resize">The shorter side after resizing, in pixels.</param>
/// <param name="Crop">Height and width of the middle that is cut out, in pixels.</param>
/// <param name="Interpolation"><c>"bilinear"</c> or <c>"bicubic"</c>, both with antialiasing.</param>
public sealed record ImageNetTransform(int Resize, int Crop, string Interpolation = "bilinear") : InputTransform
{
    // Red, green, blue, of pixels from 0 to 1.
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] s_deviation = [0.229f, 0.224f, 0.225f];

    /// <summary>Transforms photos.</summary>
    /// <param name="images">Photos (N, H, W, 3) or one (H, W, 3) of 0 … 255, of bytes or of floats.</param>
    /// <returns>Floats (N, crop, crop, 3).</returns>
    /// <exception cref="KerasException">The images are not of three colours.</exception>
    /// <remarks><code>var batch = new ImageNetTransform(256, 224).Apply(ImageFile.Load("cat.jpg", channels: 3));</code></remarks>
    public override Tensor Apply(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.ndim is not (3 or 4) || images.shape[^1] != 3) throw Throw.NotColourImages(images.shape);
        using var scope = torch.NewDisposeScope();
        var photos = images.ndim == 3 ? images.unsqueeze(0) : images;
        return Normalize(ResizeAndCrop(photos, Resize, Crop, Interpolation)).MoveToOuterDisposeScope();
    }

    /// <summary>Only the colours: from 0 … 255 to mean 0 and deviation 1, for images that have their size already.</summary>
    /// <param name="images">Images (…, 3) of 0 … 255.</param>
    /// <returns>Floats of the same shape.</returns>
    public static Tensor Normalize(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.ndim < 1 || images.shape[^1] != 3) throw Throw.NotColourImages(images.shape);
        return Normalize(images, s_mean, s_deviation);
    }

    internal override Tensor Apply(Tensor images, long? height, long? width)
    {
        if (images.ndim is 3 or 4 && images.shape[^3] == height && images.shape[^2] == width)
        {
            using var scope = torch.NewDisposeScope();
            return Normalize(images.ndim == 3 ? images.unsqueeze(0) : images).MoveToOuterDisposeScope();
        }
        var scaled = height is { } side && height == width && side != Crop ? this with { Resize = (int)(Resize * side / Crop), Crop = (int)side } : this;
        return scaled.Apply(images);
    }
}
