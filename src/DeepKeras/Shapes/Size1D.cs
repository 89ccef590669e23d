using System.Globalization;

namespace DeepKeras;

/// <summary>An extent along a sequence: a kernel, a pool, a stride or a dilation. <c>3</c> converts to it.</summary>
/// <param name="Length">Extent along the steps.</param>
public readonly record struct Size1D(long Length) : ISpatialSize
{
    /// <inheritdoc/>
    public long[] ToArray() => [Length];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Length},)");

    /// <summary>The extent.</summary>
    public static implicit operator Size1D(int length) => new(length);
}
