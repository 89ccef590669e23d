namespace DeepKeras;

/// <summary>Cells before and after each spatial axis: <see cref="Padding1D"/> or <see cref="Padding3D"/>.</summary>
public interface ISpatialEdges
{
    /// <summary>The cells before and after, in the order of the axes.</summary>
    (long Before, long After)[] ToArray();
}
