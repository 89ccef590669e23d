namespace DeepKeras.Layers;

/// <summary>What the paddings of sequences and volumes share.</summary>
/// <typeparam name="TEdges">Cells at both ends of each axis: <see cref="Padding1D"/> or <see cref="Padding3D"/>.</typeparam>
public abstract class ZeroPaddingBase<TEdges> : Layer
    where TEdges : struct, ISpatialEdges
{
    private readonly (long Before, long After)[] _edges;
    private readonly long[] _native;

    private protected ZeroPaddingBase(TEdges padding, DataFormat dataFormat, string cropping, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        Padding = padding;
        DataFormat = dataFormat;
        _edges = padding.ToArray();
        if (_edges.Any(e => e.Before < 0 || e.After < 0)) throw Throw.BadArgument(Where, nameof(padding), "at least 0 at every edge", padding, $"Use {cropping} to cut cells away.");
        // torch counts axes from the last.
        var fromLast = _edges.Reverse().SelectMany(e => (long[])[e.Before, e.After]);
        _native = dataFormat.IsChannelsFirst ? [.. fromLast] : [0, 0, .. fromLast];
    }

    /// <summary>Cells added at each edge.</summary>
    public TEdges Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var (extents, channels) = SpatialAxes.Read(this, input, DataFormat, _edges.Length);
        return SpatialAxes.Write(input, DataFormat, [.. _edges.Zip(extents, (edge, extent) => edge.Before + extent + edge.After)], channels);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training) => torch.nn.functional.pad(input, _native);
}
