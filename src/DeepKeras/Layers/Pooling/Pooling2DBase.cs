namespace DeepKeras.Layers;

/// <summary>What maximum and average pooling share: window, strides and border.</summary>
public abstract class Pooling2DBase : Layer
{
    private readonly SlidingWindow _rows;
    private readonly SlidingWindow _columns;
    private readonly long[] _pool;
    private readonly long[] _strides;
    private readonly PoolBorder? _fixedBorder;
    private PoolBorder? _lastBorder;

    private protected Pooling2DBase(Size2D? poolSize, Size2D? strides, Padding padding, DataFormat dataFormat, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        PoolSize = poolSize ?? 2;
        Strides = strides ?? PoolSize;
        Padding = padding;
        DataFormat = dataFormat;
        if (PoolSize.Height < 1 || PoolSize.Width < 1) throw Throw.BadArgument(Where, nameof(poolSize), "positive in both directions", PoolSize, "Write for example poolSize: 2 or (3, 2).");
        if (Strides.Height < 1 || Strides.Width < 1) throw Throw.BadArgument(Where, nameof(strides), "positive in both directions", Strides, "Leave strides out to use the pool size.");
        var cells = padding.Cells;
        if (cells.Height < 0 || cells.Width < 0 || 2 * cells.Height > PoolSize.Height || 2 * cells.Width > PoolSize.Width) throw Throw.PoolPadding(Where, padding, PoolSize);

        _rows = new(PoolSize.Height, Strides.Height, 1, padding.Mode, cells.Height);
        _columns = new(PoolSize.Width, Strides.Width, 1, padding.Mode, cells.Width);
        _pool = PoolSize.ToArray();
        _strides = Strides.ToArray();
        _fixedBorder = padding.Mode == PaddingMode.Same ? null : new(0, 0, cells.ToArray(), RoundUp: padding.Mode == PaddingMode.Ceil, 0, 0);
    }

    /// <summary>Height and width of the window.</summary>
    public Size2D PoolSize { get; }

    /// <summary>Cells from one window to the next.</summary>
    public Size2D Strides { get; }

    /// <summary>How the border is treated.</summary>
    public Padding Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var (height, width, channels) = ImageAxes.Read(this, input, DataFormat);
        var (rows, columns) = (_rows.Positions(height), _columns.Positions(width));
        if (rows < 1 || columns < 1) throw Throw.WindowTooLarge(this, "pool", _rows, _columns, input);
        return ImageAxes.Write(input, DataFormat, rows, columns, channels);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training)
    {
        var images = ImageAxes.ToNative(input, DataFormat);
        var border = _fixedBorder ?? BorderFor(images);
        var pooled = Pool(images, _pool, _strides, border.Padding, border.RoundUp);
        if (border.SkipRows > 0) pooled = pooled.narrow(2, border.SkipRows, pooled.size(2) - border.SkipRows);
        if (border.SkipColumns > 0) pooled = pooled.narrow(3, border.SkipColumns, pooled.size(3) - border.SkipColumns);
        return ImageAxes.ToSurface(pooled, DataFormat);
    }

    /// <summary>Pools (N, C, H, W) images; <paramref name="roundUp"/> lets the last window hang over the lower and right border.</summary>
    private protected abstract Tensor Pool(Tensor images, long[] size, long[] strides, long[] padding, bool roundUp);

    // Batches nearly always have the same image size, so the last answer is kept; the object is immutable, so threads may race.
    private PoolBorder BorderFor(Tensor images)
    {
        var (height, width) = (images.size(2), images.size(3));
        return _lastBorder is { } last && last.Height == height && last.Width == width ? last : _lastBorder = PoolBorder.Same(_rows, _columns, height, width);
    }
}
