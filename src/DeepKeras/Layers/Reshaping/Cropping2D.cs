namespace DeepKeras.Layers;

/// <summary>Cuts rows and columns away from the edges of images (Keras: <c>keras.layers.Cropping2D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, H − top − bottom, W − left − right, C)</c>.
/// <code>var t = Cropping2D(2)(Input(32, 32, 1)); // (None, 28, 28, 1)</code>
/// </remarks>
public sealed class Cropping2D : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping"><c>1</c> (all edges), <c>(1, 2)</c> (rows, columns) or <c>((1, 2), (3, 4))</c> (top, bottom), (left, right); nothing by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An edge is negative.</exception>
    public Cropping2D(Padding2D cropping = default, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        Cropping = cropping;
        DataFormat = dataFormat;
        var (top, bottom, left, right) = cropping;
        if (top < 0 || bottom < 0 || left < 0 || right < 0) throw Throw.BadArgument(Where, nameof(cropping), "at least 0 at every edge", cropping, "Use ZeroPadding2D to add cells.");
    }

    /// <summary>Cells cut at each edge.</summary>
    public Padding2D Cropping { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var (height, width, channels) = ImageAxes.Read(this, input, DataFormat);
        var (rows, columns) = (height - Cropping.Top - Cropping.Bottom, width - Cropping.Left - Cropping.Right);
        if (rows < 1 || columns < 1) throw Throw.NothingLeft(this, "cropping", Cropping, input);
        return ImageAxes.Write(input, DataFormat, rows, columns, channels);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var (rowAxis, columnAxis) = DataFormat.IsChannelsFirst ? (2, 3) : (1, 2);
        return Cut(Cut(input, rowAxis, Cropping.Top, Cropping.Bottom), columnAxis, Cropping.Left, Cropping.Right);
    }

    private static Tensor Cut(Tensor input, int axis, long before, long after) =>
        before + after == 0 ? input : input.narrow(axis, before, input.size(axis) - before - after);
}
