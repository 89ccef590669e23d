namespace DeepKeras.Applications.Pretrained;

/// <summary>
/// What torchvision does to a photo before a network sees it: resize its shorter side, cut the middle out, bring the colours from 0 … 255 to mean 0 and
/// deviation 1 as on ImageNet.
/// </summary>
/// <param name="Resize">The shorter side after resizing, in pixels.</param>
/// <param name="Crop">Height and width of the middle that is cut out, in pixels.</param>
/// <param name="Interpolation"><c>"bilinear"</c> or <c>"bicubic"</c>, both with antialiasing.</param>
public sealed record ImageNetTransform(int Resize, int Crop, string Interpolation = "bilinear")
{
    // Red, green, blue, of pixels from 0 to 1.
    private static readonly float[] s_mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] s_deviation = [0.229f, 0.224f, 0.225f];

    /// <summary>Transforms photos.</summary>
    /// <param name="images">Photos (N, H, W, 3) or one (H, W, 3) of 0 … 255, of bytes or of floats.</param>
    /// <returns>Floats (N, crop, crop, 3).</returns>
    /// <exception cref="KerasException">The images are not of three colours.</exception>
    /// <remarks><code>var batch = new ImageNetTransform(256, 224).Apply(ImageFile.Load("cat.jpg", channels: 3));</code></remarks>
    public Tensor Apply(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.ndim is not (3 or 4) || images.shape[^1] != 3) throw Throw.NotColourImages(images.shape);
        using var scope = torch.NewDisposeScope();
        var photos = images.ndim == 3 ? images.unsqueeze(0) : images;
        var (height, width) = (photos.shape[1], photos.shape[2]);
        // The longer side is cut down to whole pixels, as torchvision does.
        var (rows, columns) = height <= width ? (Resize, (int)(Resize * width / height)) : ((int)(Resize * height / width), Resize);
        if (rows != height || columns != width) photos = new Layers.Resizing(rows, columns, Interpolation, antialias: true).Call(photos);
        photos = Normalize(Middle(Middle(photos, 1, rows), 2, columns));
        return photos.MoveToOuterDisposeScope();
    }

    /// <summary>Only the colours: from 0 … 255 to mean 0 and deviation 1, for images that have their size already.</summary>
    /// <param name="images">Images (…, 3) of 0 … 255.</param>
    /// <returns>Floats of the same shape.</returns>
    public static Tensor Normalize(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.ndim < 1 || images.shape[^1] != 3) throw Throw.NotColourImages(images.shape);
        using var scope = torch.NewDisposeScope();
        var mean = torch.tensor(s_mean).to(images.device);
        var deviation = torch.tensor(s_deviation).to(images.device);
        return images.to(ScalarType.Float32).div(255).sub(mean).div(deviation).MoveToOuterDisposeScope();
    }

    private Tensor Middle(Tensor photos, int axis, int extent)
    {
        // Halves go to the even number, as in Python's round.
        var start = (long)Math.Round((extent - Crop) / 2.0, MidpointRounding.ToEven);
        return photos.narrow(axis, start, Crop);
    }
}
