namespace DeepKeras.Vision.Codecs;

/// <summary>What an image file says about itself before its pixels are decoded.</summary>
/// <param name="Format">PNG or JPEG.</param>
/// <param name="Height">Rows as they are stored.</param>
/// <param name="Width">Columns as they are stored.</param>
/// <param name="Channels">What the file holds: 1 grey, 3 colour, 4 colour and alpha.</param>
/// <param name="IsFourInks">A JPEG file of cyan, magenta, yellow and black, as they are or as YCCK.</param>
/// <param name="Orientation">EXIF's 1 to 8: how the stored picture has to be turned to stand upright.</param>
internal readonly record struct ImageHeader(ImageFormat Format, int Height, int Width, int Channels, bool IsFourInks = false, int Orientation = 1)
{
    // The largest tensor whose bytes one span can show, at 4 channels.
    internal const long MostPixels = int.MaxValue / 4;

    private static ReadOnlySpan<byte> PngStart => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    /// <summary>Whether turning it exchanges rows and columns.</summary>
    public bool IsTransposed => Orientation >= 5;

    /// <summary>Reads the header and refuses what is no image, is cut short, or has more pixels than the limit; no pixel memory is taken.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="source">Its path, for errors.</param>
    public static ImageHeader Read(ReadOnlySpan<byte> data, string source)
    {
        var format = data.StartsWith(PngStart) ? ImageFormat.Png
            : data.StartsWith(JpegStart) ? ImageFormat.Jpeg
            : throw Throw.NotAnImage(source, FileKind.Describe(data));
        try
        {
            return format == ImageFormat.Png ? PngHeader.Read(data, ImageFile.MaxPixels) : JpegHeader.Read(data, ImageFile.MaxPixels);
        }
        catch (TooManyPixelsException error)
        {
            throw Throw.TooManyPixels(source, error.Height, error.Width, ImageFile.MaxPixels);
        }
        catch (CodecException error)
        {
            throw Throw.DamagedImage(source, format, error);
        }
    }

    /// <summary>The size checks that both formats share.</summary>
    /// <param name="height">Rows by the header.</param>
    /// <param name="width">Columns by the header.</param>
    /// <param name="limit">The most pixels allowed.</param>
    public static void Check(long height, long width, long limit)
    {
        if (height < 1 || width < 1) throw new CodecException($"its header says {height} × {width} pixels");
        // Both are below 2³², but their product may not fit.
        if (height > limit / width) throw new TooManyPixelsException(height, width);
    }
}
