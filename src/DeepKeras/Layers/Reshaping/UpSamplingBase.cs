namespace DeepKeras.Layers;

/// <summary>What the enlargements of sequences and volumes share: every cell is repeated.</summary>
public abstract class UpSamplingBase : Layer
{
    private readonly DataFormat _format;
    private readonly long[] _factors;

    private protected UpSamplingBase(long[] factors, DataFormat format, string fix, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        if (factors.Min() < 1) throw Throw.BadArgument(Where, "size", "positive in every direction", new Shape(factors), fix);
        _format = format;
        _factors = factors;
    }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var (extents, channels) = SpatialAxes.Read(this, input, _format, _factors.Length);
        return SpatialAxes.Write(input, _format, [.. _factors.Zip(extents, (factor, extent) => extent * factor)], channels);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training)
    {
        // (…, L, …) is seen as (…, L, 1, …) and stretched to (…, L, factor, …): one copy, and no rounding of scales as interpolate has.
        var shape = input.shape;
        List<long> split = [], stretched = [];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            split.Add(shape[axis]);
            stretched.Add(shape[axis]);
            if (axis - SpatialAxes.First(_format) is not (>= 0 and var spatial) || spatial >= _factors.Length) continue;
            split.Add(1);
            stretched.Add(_factors[spatial]);
            shape[axis] *= _factors[spatial];
        }
        return input.reshape([.. split]).expand([.. stretched]).reshape(shape);
    }
}
