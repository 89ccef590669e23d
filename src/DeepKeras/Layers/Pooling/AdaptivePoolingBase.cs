namespace DeepKeras.Layers;

/// <summary>What the adaptive poolings of sequences and volumes share.</summary>
/// <typeparam name="TSize">The extents of the grid: <see cref="Size1D"/> or <see cref="Size3D"/>.</typeparam>
public abstract class AdaptivePoolingBase<TSize> : Layer
    where TSize : struct, ISpatialSize
{
    private readonly long[] _size;

    private protected AdaptivePoolingBase(TSize outputSize, DataFormat dataFormat, Shape? inputShape, string? name)
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
    protected internal sealed override Tensor Forward(Tensor input, bool training) =>
        SpatialAxes.ToSurface(Pool(SpatialAxes.ToNative(input, DataFormat), _size), DataFormat);

    /// <summary>Pools a (N, C, …) tensor.</summary>
    private protected abstract Tensor Pool(Tensor native, long[] size);
}
