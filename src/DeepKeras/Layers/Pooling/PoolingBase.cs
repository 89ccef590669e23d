namespace DeepKeras.Layers;

/// <summary>What maximum and average pooling of sequences and volumes share: window, strides and border.</summary>
/// <typeparam name="TSize">The extents of a window: <see cref="Size1D"/> or <see cref="Size3D"/>.</typeparam>
public abstract class PoolingBase<TSize> : Layer
    where TSize : struct, ISpatialSize
{
    private readonly SlidingWindow[] _windows;
    private readonly long[] _pool;
    private readonly long[] _strides;

    private protected PoolingBase(TSize poolSize, TSize? strides, Padding padding, DataFormat dataFormat, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        PoolSize = poolSize;
        Strides = strides ?? poolSize;
        Padding = padding;
        DataFormat = dataFormat;
        _pool = PoolSize.ToArray();
        _strides = Strides.ToArray();
        if (_pool.Min() < 1) throw Throw.BadArgument(Where, nameof(poolSize), "positive in every direction", PoolSize, "Write for example poolSize: 2.");
        if (_strides.Min() < 1) throw Throw.BadArgument(Where, nameof(strides), "positive in every direction", Strides, "Leave strides out to use the pool size.");
        if (padding.Mode == PaddingMode.Explicit) throw Throw.NumberedBorder(Where, padding, PoolSize, "\"valid\", \"same\" or \"ceil\"");
        _windows = [.. _pool.Zip(_strides, (size, stride) => new SlidingWindow(size, stride, 1, padding.Mode, 0))];
    }

    /// <summary>Extents of the window.</summary>
    public TSize PoolSize { get; }

    /// <summary>Cells from one window to the next.</summary>
    public TSize Strides { get; }

    /// <summary>How the border is treated.</summary>
    public Padding Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var (extents, channels) = SpatialAxes.Read(this, input, DataFormat, _windows.Length);
        long?[] positions = [.. _windows.Zip(extents, (window, extent) => window.Positions(extent))];
        return positions.Any(p => p < 1) ? throw Throw.WindowTooLarge(this, "pool", _windows, input) : SpatialAxes.Write(input, DataFormat, positions, channels);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training)
    {
        var native = SpatialAxes.ToNative(input, DataFormat);
        var padding = new long[_windows.Length];
        var skips = new long[_windows.Length];
        var roundUp = Padding.Mode == PaddingMode.Ceil;
        for (var i = 0; i < _windows.Length && Padding.Mode == PaddingMode.Same; i++)
        {
            (padding[i], var hangsOver, skips[i]) = PoolBorder.Axis(_windows[i], native.size(i + 2));
            roundUp |= hangsOver;
        }
        var pooled = Pool(native, _pool, _strides, padding, roundUp);
        for (var i = 0; i < skips.Length; i++)
        {
            if (skips[i] > 0) pooled = pooled.narrow(i + 2, skips[i], pooled.size(i + 2) - skips[i]);
        }
        return SpatialAxes.ToSurface(pooled, DataFormat);
    }

    /// <summary>Pools a (N, C, …) tensor; <paramref name="roundUp"/> lets the last window hang over the border.</summary>
    private protected abstract Tensor Pool(Tensor native, long[] size, long[] strides, long[] padding, bool roundUp);
}
