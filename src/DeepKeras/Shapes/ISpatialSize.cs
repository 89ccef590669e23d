namespace DeepKeras;

/// <summary>An extent for each spatial axis: <see cref="Size1D"/>, <see cref="Size2D"/> or <see cref="Size3D"/>.</summary>
public interface ISpatialSize
{
    /// <summary>The extents as torch takes them, in the order of the axes.</summary>
    long[] ToArray();
}
