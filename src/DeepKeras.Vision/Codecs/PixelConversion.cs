namespace DeepKeras.Vision.Codecs;

/// <summary>Fewer channels from more.</summary>
internal static class PixelConversion
{
    /// <summary>Drops alpha, or makes grey by ITU-R 601 (alpha dropped).</summary>
    /// <param name="source">Pixels of <paramref name="from"/> channels.</param>
    /// <param name="from">3 or 4.</param>
    /// <param name="target">Pixels of <paramref name="to"/> channels.</param>
    /// <param name="to">1 or 3, fewer than <paramref name="from"/>.</param>
    public static void Reduce(ReadOnlySpan<byte> source, int from, Span<byte> target, int to)
    {
        if (to == 1)
        {
            for (var i = 0; i < target.Length; i++, source = source[from..]) target[i] = Grey(source[0], source[1], source[2]);
            return;
        }
        for (; target.Length >= 3; target = target[3..], source = source[from..])
        {
            target[0] = source[0];
            target[1] = source[1];
            target[2] = source[2];
        }
    }

    /// <summary>
    /// RGB from the CMYK of JPEG files, which is stored inverted (255 = no ink): each colour is its own ink taken off what black leaves, rounded to the nearest.
    /// </summary>
    /// <param name="source">Pixels of 4 bytes.</param>
    /// <param name="target">Pixels of <paramref name="channels"/> bytes.</param>
    /// <param name="channels">3, or 4 with full alpha.</param>
    public static void FromCmyk(ReadOnlySpan<byte> source, Span<byte> target, int channels)
    {
        for (; target.Length >= channels; target = target[channels..], source = source[4..])
        {
            var light = source[3];
            for (var c = 0; c < 3; c++) target[c] = (byte)(light - DivideBy255((255 - source[c]) * light));
            if (channels == 4) target[3] = 255;
        }
    }

    /// <summary>(19595 R + 38470 G + 7471 B + 32768) / 65536, the whole-number form of ITU-R 601 that most libraries use.</summary>
    private static byte Grey(int red, int green, int blue) => (byte)(((19595 * red) + (38470 * green) + (7471 * blue) + 32768) >> 16);

    private static int DivideBy255(int product)
    {
        var rounded = product + 128;
        return ((rounded >> 8) + rounded) >> 8;
    }
}
