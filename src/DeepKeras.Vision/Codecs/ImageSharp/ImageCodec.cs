using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace DeepKeras.Vision.Codecs;

/// <summary>PNG and JPEG through SixLabors.ImageSharp.</summary>
internal static class ImageCodec
{
    // From this quality on colour is kept at full resolution, as most encoders do.
    private const int FullColourQuality = 90;

    /// <summary>The picture as (height, width, channels): 1 grey, 3 RGB, 4 RGB and alpha.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="format">What its first bytes say it is.</param>
    public static Tensor Decode(ReadOnlySpan<byte> data, ImageFormat format)
    {
        try
        {
            var metadata = Image.Identify(data).Metadata;
            return format == ImageFormat.Png
                ? metadata.GetPngMetadata().ColorType switch
                {
                    PngColorType.Grayscale => Pixels<L8>(data, 1),
                    PngColorType.Rgb or PngColorType.Palette => Pixels<Rgb24>(data, 3),
                    _ => Pixels<Rgba32>(data, 4),
                }
                : metadata.GetJpegMetadata().ColorType == JpegEncodingColor.Luminance ? Pixels<L8>(data, 1) : Pixels<Rgb24>(data, 3);
        }
        catch (ImageFormatException error)
        {
            throw new CodecException(error.Message, error);
        }
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

    private static Tensor Pixels<T>(ReadOnlySpan<byte> data, int channels)
        where T : unmanaged, IPixel<T>
    {
        using var image = Image.Load<T>(data);
        var tensor = torch.empty([image.Height, image.Width, channels], ScalarType.Byte);
        image.CopyPixelDataTo(tensor.bytes);
        return tensor;
    }
}
