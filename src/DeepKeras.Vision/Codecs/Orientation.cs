using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepKeras.Vision.Codecs;

/// <summary>Turns stored pixels upright by EXIF's orientation.</summary>
internal static class Orientation
{
    // Turned rows are read down columns; blocks of this many rows and columns stay in the cache.
    private const int Block = 32;

    /// <summary>Copies a picture turned.</summary>
    /// <param name="source">Its stored rows.</param>
    /// <param name="height">Stored rows.</param>
    /// <param name="width">Stored columns.</param>
    /// <param name="channels">1, 3 or 4.</param>
    /// <param name="orientation">2 to 8; 5 to 8 exchange rows and columns.</param>
    /// <param name="target">The upright rows.</param>
    public static void Apply(ReadOnlySpan<byte> source, int height, int width, int channels, int orientation, Span<byte> target)
    {
        // The stored pixel of an upright one at (row, column) is origin + row · down + column · right.
        var (origin, down, right) = orientation switch
        {
            2 => (width - 1, width, -1),
            3 => ((height * width) - 1, -width, -1),
            4 => ((height - 1) * width, -width, 1),
            5 => (0, 1, width),
            6 => ((height - 1) * width, 1, -width),
            7 => ((height * width) - 1, -1, -width),
            8 => (width - 1, -1, width),
            _ => (0, width, 1),
        };
        var (rows, columns) = orientation >= 5 ? (width, height) : (height, width);
        if (channels == 1) Copy(source, target, rows, columns, origin, down, right);
        else if (channels == 3) Copy(MemoryMarshal.Cast<byte, Rgb>(source), MemoryMarshal.Cast<byte, Rgb>(target), rows, columns, origin, down, right);
        else Copy(MemoryMarshal.Cast<byte, int>(source), MemoryMarshal.Cast<byte, int>(target), rows, columns, origin, down, right);
    }

    private static void Copy<T>(ReadOnlySpan<T> source, Span<T> target, int rows, int columns, int origin, int down, int right)
        where T : unmanaged
    {
        for (var top = 0; top < rows; top += Block)
        {
            for (var left = 0; left < columns; left += Block)
            {
                var (bottom, end) = (Math.Min(top + Block, rows), Math.Min(left + Block, columns));
                for (var row = top; row < bottom; row++)
                {
                    var from = origin + (row * down) + (left * right);
                    var to = target.Slice((row * columns) + left, end - left);
                    for (var i = 0; i < to.Length; i++, from += right) to[i] = source[from];
                }
            }
        }
    }

    [InlineArray(3)]
    private struct Rgb
    {
        private byte _first;
    }
}
