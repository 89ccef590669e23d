namespace DeepKeras.Layers;

/// <summary>How torch, which pads both sides alike, is told to pool with a border that may be one cell wider after than before; no padded copy is made.</summary>
/// <param name="Height">The image height it holds for.</param>
/// <param name="Width">The image width it holds for.</param>
/// <param name="Padding">Cells on both sides, rows and columns.</param>
/// <param name="RoundUp">Whether the last window may hang over the border (torch's ceil_mode).</param>
/// <param name="SkipRows">Leading output rows to drop.</param>
/// <param name="SkipColumns">Leading output columns to drop.</param>
internal sealed record PoolBorder(long Height, long Width, long[] Padding, bool RoundUp, long SkipRows, long SkipColumns)
{
    /// <summary>The border of "same".</summary>
    public static PoolBorder Same(SlidingWindow rows, SlidingWindow columns, long height, long width)
    {
        var (top, upRows, skipRows) = Axis(rows, height);
        var (left, upColumns, skipColumns) = Axis(columns, width);
        return new(height, width, [top, left], upRows || upColumns, skipRows, skipColumns);
    }

    /// <summary>One axis: cells on both sides, whether the last window hangs over, leading outputs to drop.</summary>
    /// <remarks>
    /// An odd total needs one cell more after than before. With a stride, the last window may simply hang over (ceil_mode); that never adds a
    /// window to an axis with an even total. At stride 1 both sides get the larger half, and the first, shifted window is dropped.
    /// </remarks>
    public static (long Before, bool RoundUp, long Skip) Axis(SlidingWindow window, long extent)
    {
        var total = window.SameTotal(extent);
        if (long.IsEvenInteger(total)) return (total / 2, false, 0);
        return window.Stride > 1 ? (total / 2, true, 0) : ((total + 1) / 2, false, 1);
    }
}
