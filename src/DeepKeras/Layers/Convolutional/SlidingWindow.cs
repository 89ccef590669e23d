namespace DeepKeras.Layers;

/// <summary>One image axis of a convolution or pool: how many positions the window takes, and how much border it needs.</summary>
/// <param name="Size">Cells of the window.</param>
/// <param name="Stride">Cells from one position to the next.</param>
/// <param name="Dilation">Distance between neighbouring cells of the window.</param>
/// <param name="Mode">The kind of padding.</param>
/// <param name="Cells">Cells on either side where the padding is explicit.</param>
internal readonly record struct SlidingWindow(long Size, long Stride, long Dilation, PaddingMode Mode, long Cells)
{
    /// <summary>The cells between the window's first and last, both included: (size − 1) · dilation + 1.</summary>
    public long Span => ((Size - 1) * Dilation) + 1;

    /// <summary>The output extent; unknown for an unknown input, 0 where the window does not fit.</summary>
    public long? Positions(long? extent)
    {
        if (extent is not { } cells) return null;
        if (Mode == PaddingMode.Same) return (cells + Stride - 1) / Stride;
        var room = cells + (2 * Cells) - Span;
        if (room < 0) return 0;
        if (Mode != PaddingMode.Ceil) return (room / Stride) + 1;
        var positions = ((room + Stride - 1) / Stride) + 1;
        // A window must begin inside of the image.
        return (positions - 1) * Stride < cells ? positions : positions - 1;
    }

    /// <summary>
    /// The cells that "same" adds on both sides together: max((out − 1) · stride + span − in, 0). Half go before, the odd one goes after.
    /// </summary>
    public long SameTotal(long extent) => Math.Max((((extent + Stride - 1) / Stride) - 1) * Stride + Span - extent, 0);

    /// <summary>The cells that are added before and after: all of them before where no position may see a later one.</summary>
    public (long Before, long After) Border(long extent, bool isCausal)
    {
        if (isCausal) return (Span - 1, 0);
        var total = Mode == PaddingMode.Same ? SameTotal(extent) : 0;
        return (total / 2, total - (total / 2));
    }
}
