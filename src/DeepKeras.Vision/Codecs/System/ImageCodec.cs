namespace DeepKeras.Vision.Codecs;

/// <summary>PNG and JPEG through the machine's own libpng and libjpeg-turbo.</summary>
internal static class ImageCodec
{
    /// <summary>Decodes into memory that is there already, rows as they are stored.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="height">Rows of the file, or of <see cref="DraftSize"/>.</param>
    /// <param name="width">Columns, likewise.</param>
    /// <param name="channels">As many as the file holds, or more: grey becomes colour, alpha is full.</param>
    /// <param name="target">height · width · channels bytes.</param>
    /// <exception cref="CodecException">The file is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> data, in ImageHeader header, int height, int width, int channels, Span<byte> target)
    {
        try
        {
            if (header.Format == ImageFormat.Png) LibPng.Decode(data, height, width, channels, target);
            else TurboJpeg.Decode(data, header, height, width, channels, target);
        }
        catch (DllNotFoundException error)
        {
            throw Throw.LibraryMissing(header.Format, error);
        }
    }

    /// <summary>The smallest size a JPEG file can be decoded to by leaving out fine detail, a half, quarter or eighth, that is not below a wanted one.</summary>
    /// <param name="header">What the file is.</param>
    /// <param name="height">Stored rows wanted at least.</param>
    /// <param name="width">Stored columns wanted at least.</param>
    public static (int Height, int Width) DraftSize(in ImageHeader header, int height, int width)
    {
        var size = (header.Height, header.Width);
        if (header.Format != ImageFormat.Jpeg) return size;
        for (var part = 2; part <= 8; part *= 2)
        {
            var smaller = ((header.Height + part - 1) / part, (header.Width + part - 1) / part);
            if (smaller.Item1 < height || smaller.Item2 < width) break;
            size = smaller;
        }
        return size;
    }

    /// <summary>A whole file.</summary>
    /// <param name="pixels">Rows from top to bottom, channels innermost.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1, 3 or (PNG) 4.</param>
    /// <param name="format">The format wanted.</param>
    /// <param name="quality">1 to 100, for JPEG.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels, ImageFormat format, int quality)
    {
        try
        {
            return format == ImageFormat.Png ? LibPng.Encode(pixels, height, width, channels) : TurboJpeg.Encode(pixels, height, width, channels, quality);
        }
        catch (DllNotFoundException error)
        {
            throw Throw.LibraryMissing(format, error);
        }
    }
}
