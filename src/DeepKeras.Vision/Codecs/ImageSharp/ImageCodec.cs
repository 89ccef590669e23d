using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace DeepKeras.Vision.Codecs;

/// <summary>PNG and JPEG through SixLabors.ImageSharp.</summary>
internal static class ImageCodec
{
    // From this quality on colour is kept at full resolution, as most encoders do.
    private const int FullColourQuality = 90;

    // One frame, no notes: orientation is applied by the caller, and colour profiles are left alone.
    private static readonly DecoderOptions s_options = new() { MaxFrames = 1, SkipMetadata = true };

    /// <summary>Decodes into memory that is there already, rows as they are stored.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="header">What its header says.</param>
    /// <param name="height">Rows of the file.</param>
    /// <param name="width">Columns of the file.</param>
    /// <param name="channels">As many as the file holds, or more: grey becomes colour, alpha is full.</param>
    /// <param name="target">height · width · channels bytes.</param>
    /// <exception cref="CodecException">The file is damaged.</exception>
    public static void Decode(ReadOnlySpan<byte> data, in ImageHeader header, int height, int width, int channels, Span<byte> target)
    {
        try
        {
            if (channels == 1) Copy<L8>(data, height, width, target);
            else if (channels == 3) Copy<Rgb24>(data, height, width, target);
            else Copy<Rgba32>(data, height, width, target);
        }
        catch (Exception error) when (error is ImageFormatException or InvalidImageContentException or IndexOutOfRangeException or ArgumentException or InvalidOperationException or IOException)
        {
            throw new CodecException(error.Message, error);
        }
    }

    /// <summary>The size of the file: this codec decodes whole.</summary>
    /// <param name="header">What the file is.</param>
    /// <param name="height">Stored rows wanted at least.</param>
    /// <param name="width">Stored columns wanted at least.</param>
    public static (int Height, int Width) DraftSize(in ImageHeader header, int height, int width) => (header.Height, header.Width);

    /// <summary>A whole file.</summary>
    /// <param name="pixels">Rows from top to bottom, channels innermost.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">1, 3 or (PNG) 4.</param>
    /// <param name="format">The format wanted.</param>
    /// <param name="quality">1 to 100, for JPEG.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int height, int width, int channels, ImageFormat format, int quality)
    {
        using Image image = channels switch
        {
            1 => Image.LoadPixelData<L8>(pixels, width, height),
            3 => Image.LoadPixelData<Rgb24>(pixels, width, height),
            _ => Image.LoadPixelData<Rgba32>(pixels, width, height),
        };
        using var file = new MemoryStream();
        if (format == ImageFormat.Png)
        {
            image.Save(file, new PngEncoder { ColorType = channels switch { 1 => PngColorType.Grayscale, 3 => PngColorType.Rgb, _ => PngColorType.RgbWithAlpha }, BitDepth = PngBitDepth.Bit8 });
        }
        else
        {
            var colour = channels == 1 ? JpegEncodingColor.Luminance : quality >= FullColourQuality ? JpegEncodingColor.YCbCrRatio444 : JpegEncodingColor.YCbCrRatio420;
            image.Save(file, new JpegEncoder { Quality = quality, ColorType = colour });
        }
        return file.ToArray();
    }

    private static void Copy<T>(ReadOnlySpan<byte> data, int height, int width, Span<byte> target)
        where T : unmanaged, IPixel<T>
    {
        using var image = Image.Load<T>(s_options, data);
        if (image.Height != height || image.Width != width) throw new CodecException("its size is given twice");
        image.CopyPixelDataTo(target);
    }
}
