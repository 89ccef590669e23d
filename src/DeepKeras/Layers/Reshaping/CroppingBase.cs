namespace DeepKeras.Layers;

/// <summary>What the croppings of sequences and volumes share.</summary>
/// <typeparam name="TEdges">Cells at both ends of each axis: <see cref="Padding1D"/> or <see cref="Padding3D"/>.</typeparam>
public abstract class CroppingBase<TEdges> : Layer
    where TEdges : struct, ISpatialEdges
{
    private readonly DataFormat _format;
    private readonly (long Before, long After)[] _edges;

    private protected CroppingBase(TEdges cropping, DataFormat format, string padding, Shape? inputShape, string? name)
        : base(inputShape, name)
    {
        Cropping = cropping;
        _format = format;
        _edges = cropping.ToArray();
        if (_edges.Any(e => e.Before < 0 || e.After < 0)) throw Throw.BadArgument(Where, nameof(cropping), "at least 0 at every edge", cropping, $"Use {padding} to add cells.");
    }

    /// <summary>Cells cut at each edge.</summary>
    public TEdges Cropping { get; }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input)
    {
        var (extents, channels) = SpatialAxes.Read(this, input, _format, _edges.Length);
        long?[] left = [.. _edges.Zip(extents, (edge, extent) => extent - edge.Before - edge.After)];
        return left.Any(e => e < 1) ? throw Throw.NothingLeft(this, "cropping", Cropping, input) : SpatialAxes.Write(input, _format, left, channels);
    }

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training)
    {
        var axis = SpatialAxes.First(_format);
        foreach (var (before, after) in _edges)
        {
            if (before + after > 0) input = input.narrow(axis, before, input.size(axis) - before - after);
            axis++;
        }
        return input;
    }
}
