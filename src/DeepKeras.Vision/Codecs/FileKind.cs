namespace DeepKeras.Vision.Codecs;

/// <summary>Names what a file is when it is no image that can be read, from its first bytes.</summary>
internal static class FileKind
{
    private const int Shown = 8;

    /// <summary>Ends the sentence "it …".</summary>
    /// <param name="data">A whole file.</param>
    public static string Describe(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return "is empty (0 bytes)";
        return Known(data) is { } kind ? $"is {kind}"
            : data[..Math.Min(64, data.Length)].IndexOfAnyExcept(s_text) < 0 ? "is text"
            : $"begins with {Convert.ToHexString(data[..Math.Min(Shown, data.Length)])}";
    }

    private static readonly System.Buffers.SearchValues<byte> s_text = System.Buffers.SearchValues.Create([(byte)'\t', (byte)'\n', (byte)'\r', .. Enumerable.Range(0x20, 0x5F).Select(c => (byte)c)]);

    private static string? Known(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("GIF8"u8)) return "a GIF picture";
        if (data.StartsWith("RIFF"u8) && data.Length >= 12 && data[8..].StartsWith("WEBP"u8)) return "a WebP picture";
        if (data.StartsWith("BM"u8) && data.Length >= 14 && data[6..10].IndexOfAnyExcept((byte)0) < 0) return "a BMP picture";
        if (data.StartsWith("II*\0"u8) || data.StartsWith("MM\0*"u8)) return "a TIFF picture";
        if (data.Length >= 12 && data[4..].StartsWith("ftyp"u8)) return data[8..].StartsWith("avif"u8) ? "an AVIF picture" : data[8..].StartsWith("hei"u8) || data[8..].StartsWith("mif1"u8) ? "a HEIC picture" : "a video or another file of the MP4 family";
        if (data.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 12, 0x6A, 0x50])) return "a JPEG 2000 picture";
        if (data.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A])) return "a JPEG XL picture";
        if (data.StartsWith("%PDF"u8)) return "a PDF document";
        if (data.StartsWith("PK\x03\x04"u8)) return "a ZIP archive";
        if (data.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return "a gzip archive";
        if (data.StartsWith("<svg"u8) || (data.StartsWith("<?xml"u8) && data[..Math.Min(512, data.Length)].IndexOf("<svg"u8) >= 0)) return "an SVG drawing";
        return data.StartsWith("<!DOCTYPE html"u8) || data.StartsWith("<!doctype html"u8) || data.StartsWith("<html"u8) ? "a web page (HTML)" : null;
    }
}
