namespace DeepKeras.Layers;

/// <summary>
/// The largest number in each cell of a grid laid over the image, whatever the image's size (Keras: <c>keras.layers.AdaptiveMaxPooling2D</c>). Cell i of n reaches
/// from ⌊i · H / n⌋ to ⌈(i + 1) · H / n⌉, so that neighbouring cells may overlap.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, height, width, C)</c>.
/// <code>var t = AdaptiveMaxPooling2D(7)(Input(12, 9, 512)); // (None, 7, 7, 512)</code>
/// </remarks>
public sealed class AdaptiveMaxPooling2D : Layer
{
    private readonly long[] _size;

    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">Height and width of the grid: <c>7</c> or <c>(7, 5)</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive.</exception>
    public AdaptiveMaxPooling2D(Size2D outputSize, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (outputSize.Height < 1 || outputSize.Width < 1) throw Throw.BadArgument(Where, nameof(outputSize), "positive in both directions", outputSize, "Write for example outputSize: 7 or (7, 5).");
        OutputSize = outputSize;
        DataFormat = dataFormat;
        _size = outputSize.ToArray();
    }

    /// <summary>Height and width of the grid.</summary>
    public Size2D OutputSize { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var (_, _, channels) = ImageAxes.Read(this, input, DataFormat);
        return ImageAxes.Write(input, DataFormat, OutputSize.Height, OutputSize.Width, channels);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var images = ImageAxes.ToNative(input, DataFormat);
        if (images.size(2) == _size[0] && images.size(3) == _size[1]) return input;
        return ImageAxes.ToSurface(torch.nn.functional.adaptive_max_pool2d(images, _size), DataFormat);
    }
}
