namespace DeepKeras.Layers;

/// <summary>Brings images to one size, in training and outside it (Keras: <c>keras.layers.Resizing</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, height, width, C)</c>.
/// Pixel centres lie at (i + ½) · H / height − ½ (torch's and TensorFlow's half-pixel centres); "bicubic" has a = −0.75, torch's, and −0.5 with antialiasing.
/// Bytes stay bytes, rounded; masks take the nearest pixel; boxes are moved by whole pixels where the aspect ratio is kept, as in Keras.
/// <code>var t = Resizing(224, 224, cropToAspectRatio: true, antialias: true)(Input(null, null, 3));</code>
/// </remarks>
public sealed class Resizing : ImageAugmentationLayer
{
    private readonly ResizeInterpolation _interpolation;

    /// <summary>Creates the layer.</summary>
    /// <param name="height">Rows afterwards.</param>
    /// <param name="width">Columns afterwards.</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default), <c>"nearest"</c>, <c>"bicubic"</c> or <c>"area"</c> (the mean of the area covered).
    /// Keras's "lanczos3" and "lanczos5" are refused, as by Keras on torch.</param>
    /// <param name="cropToAspectRatio">Whether what is too much is cut away on both sides instead of distorting the images.</param>
    /// <param name="padToAspectRatio">Whether what is missing is added on both sides instead of distorting the images.</param>
    /// <param name="fillMode">How images are padded: <c>"constant"</c>.</param>
    /// <param name="fillValue">The value of what is added; 0 by default.</param>
    /// <param name="antialias">Whether reduced images are smoothed first, so that no fine pattern turns into a coarse one; for "bilinear" and "bicubic".</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An extent is not positive, a word is unknown, or both ways to keep the aspect ratio are asked for.</exception>
    public Resizing(
        int height,
        int width,
        string interpolation = "bilinear",
        bool cropToAspectRatio = false,
        bool padToAspectRatio = false,
        string fillMode = "constant",
        double fillValue = 0,
        bool antialias = false,
        DataFormat dataFormat = default,
        Shape? inputShape = null,
        string? name = null)
        : base(dataFormat, inputShape, name)
    {
        if (height < 1) throw Throw.ImageSize(Where, nameof(height), height);
        if (width < 1) throw Throw.ImageSize(Where, nameof(width), width);
        if (cropToAspectRatio && padToAspectRatio) throw Throw.TwoAspects(Where);
        if (fillMode != "constant") throw Throw.ResizeFill(Where, fillMode);
        _interpolation = interpolation switch
        {
            "nearest" => ResizeInterpolation.Nearest,
            "bilinear" => ResizeInterpolation.Bilinear,
            "bicubic" => ResizeInterpolation.Bicubic,
            "area" => ResizeInterpolation.Area,
            "lanczos3" or "lanczos5" => throw Throw.NoLanczos(Where, interpolation),
            _ => throw Throw.UnknownName(nameof(interpolation), interpolation, ["nearest", "bilinear", "bicubic", "area"]),
        };
        Height = height;
        Width = width;
        Interpolation = interpolation;
        CropToAspectRatio = cropToAspectRatio;
        PadToAspectRatio = padToAspectRatio;
        FillMode = fillMode;
        FillValue = fillValue;
        Antialias = antialias;
    }

    /// <summary>Rows afterwards.</summary>
    public int Height { get; }

    /// <summary>Columns afterwards.</summary>
    public int Width { get; }

    /// <summary>How pixels are read.</summary>
    public string Interpolation { get; }

    /// <summary>Whether images are cut to keep their aspect ratio.</summary>
    public bool CropToAspectRatio { get; }

    /// <summary>Whether images are padded to keep their aspect ratio.</summary>
    public bool PadToAspectRatio { get; }

    /// <summary>How images are padded.</summary>
    public string FillMode { get; }

    /// <summary>The value of what is added.</summary>
    public double FillValue { get; }

    /// <summary>Whether reduced images are smoothed first.</summary>
    public bool Antialias { get; }

    private protected override bool KeepsType => true;

    private protected override (long? Height, long? Width) OutputSize(long? height, long? width) => (Height, Width);

    internal override ImageTransform Transform(ImageBatch batch, bool training) =>
        CropToAspectRatio ? new AspectTransform(ImageFit.Crop(batch, Height, Width, _interpolation, Antialias), batch, Height, Width, isCut: true)
        : PadToAspectRatio ? new AspectTransform(ImageFit.Pad(batch, Height, Width, _interpolation, Antialias, FillValue), batch, Height, Width, isCut: false)
        : ImageFit.Stretch(batch, Height, Width, _interpolation, Antialias);
}
