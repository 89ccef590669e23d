namespace DeepKeras.Layers;

/// <summary>
/// Cuts images to the height and width of a second input, whose values do not matter: what joins the two arms of a U-Net (Ronneberger et al. 2015) or the scores
/// of an FCN (Long et al. 2015) whatever the size of the image.
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, H, W, C), (N, H′, W′, C′)] → (N, H′, W′, C)</c>, with H′ ≤ H and W′ ≤ W.
/// <code>var t = CropLike2D()(skip, enlarged);   // the centre of skip</code>
/// </remarks>
public sealed class CropLike2D : MergeLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="offset">Rows and columns cut at the top and left; by default half of what is too much, rounded down.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The offset is negative.</exception>
    public CropLike2D(Size2D? offset = null, DataFormat dataFormat = default, string? name = null)
        : base(name: name)
    {
        if (offset is { } given && (given.Height < 0 || given.Width < 0)) throw Throw.BadArgument(Where, nameof(offset), "at least 0 in both directions", given, "Leave it out to keep the centre.");
        Offset = offset;
        DataFormat = dataFormat;
    }

    /// <summary>Rows and columns cut at the top and left.</summary>
    public Size2D? Offset { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs)
    {
        if (inputs.Count != 2) throw Throw.WrongInputCount(this, "the images and what they are cut to", inputs.Count);
        var (height, width, channels) = ImageAxes.Read(this, inputs[0], DataFormat);
        var (rows, columns, _) = ImageAxes.Read(this, inputs[1], DataFormat);
        if (rows + (Offset?.Height ?? 0) > height || columns + (Offset?.Width ?? 0) > width) throw Throw.CannotCrop(this, Offset, inputs);
        return ImageAxes.Write(inputs[0], DataFormat, rows, columns, channels);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training)
    {
        var (images, like) = (inputs[0], inputs[1]);
        var (rowAxis, columnAxis) = DataFormat.IsChannelsFirst ? (2, 3) : (1, 2);
        var (top, left) = (images.size(rowAxis) - like.size(rowAxis), images.size(columnAxis) - like.size(columnAxis));
        if (top < (Offset?.Height ?? 0) || left < (Offset?.Width ?? 0)) throw Throw.CannotCrop(this, Offset, [Shape.Of(images), Shape.Of(like)]);
        return Cut(Cut(images, rowAxis, Offset?.Height ?? (top / 2), like.size(rowAxis)), columnAxis, Offset?.Width ?? (left / 2), like.size(columnAxis));
    }

    private static Tensor Cut(Tensor images, int axis, long start, long length) => images.size(axis) == length ? images : images.narrow(axis, start, length);
}
