using System.Globalization;

namespace DeepKeras;

/// <summary>A depth, a height and a width: a kernel, a pool, a stride, a dilation or a scale. <c>3</c> and <c>(3, 5, 5)</c> convert to it.</summary>
/// <param name="Depth">Extent along the volume's slices, or a film's frames.</param>
/// <param name="Height">Extent along the rows.</param>
/// <param name="Width">Extent along the columns.</param>
public readonly record struct Size3D(long Depth, long Height, long Width) : ISpatialSize
{
    /// <inheritdoc/>
    public long[] ToArray() => [Depth, Height, Width];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Depth}, {Height}, {Width})");

    /// <summary>The same extent in all directions.</summary>
    public static implicit operator Size3D(int all) => new(all, all, all);

    /// <summary>Depth, height and width.</summary>
    public static implicit operator Size3D((int Depth, int Height, int Width) size) => new(size.Depth, size.Height, size.Width);
}
