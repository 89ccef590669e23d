namespace DeepKeras.Vision.Codecs;

/// <summary>PNG and JPEG through the machine's own libpng and libjpeg-turbo.</summary>
internal static class ImageCodec
{
    /// <summary>The picture as (height, width, channels): 1 grey, 3 RGB, 4 RGB and alpha.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="format">What its first bytes say it is.</param>
    public static Tensor Decode(ReadOnlySpan<byte> data, ImageFormat format) =>
        Guard(format, data, static (bytes, kind) => kind == ImageFormat.Png ? LibPng.Decode(bytes) : TurboJpeg.Decode(bytes));

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

    private static Tensor Guard(ImageFormat format, ReadOnlySpan<byte> data, Decoder decode)
    {
        try
        {
            return decode(data, format);
        }
        catch (DllNotFoundException error)
        {
            throw Throw.LibraryMissing(format, error);
        }
    }

    private delegate Tensor Decoder(ReadOnlySpan<byte> data, ImageFormat format);
}
