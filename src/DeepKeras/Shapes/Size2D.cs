using System.Globalization;

namespace DeepKeras;

/// <summary>A height and a width: a kernel, a pool, a stride, a dilation or a scale. <c>3</c> and <c>(3, 5)</c> convert to it.</summary>
/// <param name="Height">Extent along the image's rows.</param>
/// <param name="Width">Extent along the image's columns.</param>
public readonly record struct Size2D(long Height, long Width) : ISpatialSize
{
    /// <summary>Both extents as torch takes them: <c>[height, width]</c>.</summary>
    public long[] ToArray() => [Height, Width];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Height}, {Width})");

    /// <summary>The same extent in both directions.</summary>
    public static implicit operator Size2D(int both) => new(both, both);

    /// <summary>Height and width.</summary>
    public static implicit operator Size2D((int Height, int Width) size) => new(size.Height, size.Width);
}
