namespace DeepKeras.Layers;

/// <summary>What the adaptive poolings of sequences and volumes share.</summary>
/// <typeparam name="TSize">The extents of the grid: <see cref="Size1D"/> or <see cref="Size3D"/>.</typeparam>
public abstract class AdaptiveAveragePoolingBase<TSize> : Layer
    where TSize : struct, ISpatialSize
{
    private readonly long[] _size;

    private protected AdaptiveAveragePoolingBase(TSize outputSize, DataFormat dataFormat, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        OutputSize = outputSize;
        DataFormat = dataFormat;
        _size = outputSize.ToArray();
        if (_size.Min() < 1) throw Throw.BadArgument(Where, nameof(outputSize), "positive in every direction", outputSize, "Write for example outputSize: 7.");
    }

    /// <summary>Extents of the grid.</summary>
    public TSize OutputSize { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var (_, channels) = SpatialAxes.Read(this, input, DataFormat, _size.Length);
        return SpatialAxes.Write(input, DataFormat, [.. _size], channels);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training)
    {
        var native = SpatialAxes.ToNative(input, DataFormat);
        var pooled = _size.Length == 1 ? torch.nn.functional.adaptive_avg_pool1d(native, _size[0]) : torch.nn.functional.adaptive_avg_pool3d(native, _size);
        return SpatialAxes.ToSurface(pooled, DataFormat);
    }
}
