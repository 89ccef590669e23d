namespace DeepKeras.Layers;

/// <summary>What the global poolings of sequences and volumes share: one number per channel.</summary>
public abstract class GlobalPoolingBase : Layer
{
    private readonly long[] _axes;

    private protected GlobalPoolingBase(int axes, DataFormat dataFormat, bool keepdims, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        DataFormat = dataFormat;
        Keepdims = keepdims;
        _axes = [.. Enumerable.Range(SpatialAxes.First(dataFormat), axes)];
    }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Whether the axes that are pooled stay, with extent 1.</summary>
    public bool Keepdims { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var (extents, channels) = SpatialAxes.Read(this, input, DataFormat, _axes.Length);
        Array.Fill(extents, 1);
        return SpatialAxes.Write(input, DataFormat, Keepdims ? extents : [], channels);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training) => Reduce(input, _axes, Keepdims);

    private protected abstract Tensor Reduce(Tensor input, long[] axes, bool keepdims);
}
