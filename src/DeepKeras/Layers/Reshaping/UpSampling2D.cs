namespace DeepKeras.Layers;

/// <summary>Enlarges images by whole factors (Keras: <c>keras.layers.UpSampling2D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, size.Height · H, size.Width · W, C)</c>.
/// "bilinear" and "bicubic" (a = −0.75, torch's) use half-pixel centres: output cell i lies at (i + ½) / size − ½.
/// <code>var t = UpSampling2D(2, interpolation: "bilinear")(Input(14, 14, 8)); // (None, 28, 28, 8)</code>
/// </remarks>
public sealed class UpSampling2D : Layer
{
    private readonly torch.InterpolationMode _mode;
    private readonly double[] _factors;

    /// <summary>Creates the layer.</summary>
    /// <param name="size">Factors of height and width; 2 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="interpolation"><c>"nearest"</c> (default: every cell repeated), <c>"bilinear"</c> or <c>"bicubic"</c>. Keras's "lanczos3" and "lanczos5" are refused, as by Keras on torch.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor is not positive, or the interpolation is not known.</exception>
    public UpSampling2D(Size2D? size = null, DataFormat dataFormat = default, string interpolation = "nearest", Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        Size = size ?? 2;
        DataFormat = dataFormat;
        Interpolation = interpolation;
        if (Size.Height < 1 || Size.Width < 1) throw Throw.BadArgument(Where, nameof(size), "positive in both directions", Size, "Write for example size: 2 or (2, 3); use AveragePooling2D to shrink images.");
        _mode = interpolation switch
        {
            "nearest" => torch.InterpolationMode.Nearest,
            "bilinear" => torch.InterpolationMode.Bilinear,
            "bicubic" => torch.InterpolationMode.Bicubic,
            "lanczos3" or "lanczos5" => throw Throw.NoLanczos(Where, interpolation),
            _ => throw Throw.UnknownName(nameof(interpolation), interpolation, ["nearest", "bilinear", "bicubic"]),
        };
        _factors = [Size.Height, Size.Width];
    }

    /// <summary>Factors of height and width.</summary>
    public Size2D Size { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>How cells between the centres of the input are filled.</summary>
    public string Interpolation { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var (height, width, channels) = ImageAxes.Read(this, input, DataFormat);
        return ImageAxes.Write(input, DataFormat, height * Size.Height, width * Size.Width, channels);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var images = ImageAxes.ToNative(input, DataFormat);
        return ImageAxes.ToSurface(torch.nn.functional.interpolate(images, null, _factors, _mode, _mode == torch.InterpolationMode.Nearest ? null : false), DataFormat);
    }
}
