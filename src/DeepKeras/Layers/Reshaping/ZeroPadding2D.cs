namespace DeepKeras.Layers;

/// <summary>Adds rows and columns of zeros around images (Keras: <c>keras.layers.ZeroPadding2D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, top + H + bottom, left + W + right, C)</c>.
/// <code>var t = ZeroPadding2D(2)(Input(28, 28, 1)); // (None, 32, 32, 1)</code>
/// </remarks>
public sealed class ZeroPadding2D : Layer
{
    private readonly long[] _native;

    /// <summary>Creates the layer.</summary>
    /// <param name="padding"><c>1</c> (all edges, the default), <c>(1, 2)</c> (rows, columns) or <c>((1, 2), (3, 4))</c> (top, bottom), (left, right).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An edge is negative.</exception>
    public ZeroPadding2D(Padding2D? padding = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        Padding = padding ?? 1;
        DataFormat = dataFormat;
        var (top, bottom, left, right) = Padding;
        if (top < 0 || bottom < 0 || left < 0 || right < 0) throw Throw.BadArgument(Where, nameof(padding), "at least 0 at every edge", Padding, "Use Cropping2D to cut cells away.");
        _native = dataFormat.IsChannelsFirst ? [left, right, top, bottom] : [0, 0, left, right, top, bottom];
    }

    /// <summary>Cells added at each edge.</summary>
    public Padding2D Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var (height, width, channels) = ImageAxes.Read(this, input, DataFormat);
        return ImageAxes.Write(input, DataFormat, height + Padding.Top + Padding.Bottom, width + Padding.Left + Padding.Right, channels);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => torch.nn.functional.pad(input, _native);
}
