using System.Buffers;
using SkiaSharp;

namespace DeepKeras.Vision.Codecs;

/// <summary>PNG and JPEG through SkiaSharp, whose own libjpeg-turbo and libpng give the same pixels as the machine's.</summary>
internal static unsafe class ImageCodec
{
    // From this quality on colour is kept at full resolution, as most encoders do.
    private const int FullColourQuality = 90;

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
        // Values come out as they are stored; Skia would bend them by the file's gamma.
        if (header.Format == ImageFormat.Png) data = PngHeader.WithoutGamma(data);
        fixed (byte* file = data)
        fixed (byte* pixels = target)
        {
            using var memory = SKData.Create((nint)file, data.Length);
            using var codec = SKCodec.Create(memory) ?? throw new CodecException("Skia cannot read its header");
            if (channels == 1) Decode(codec, height, width, SKColorType.Gray8, pixels);
            else if (channels == 4) Decode(codec, height, width, SKColorType.Rgba8888, pixels);
            else DecodeColours(codec, height, width, target);
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
        var info = Info(height, width, channels == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888, channels == 4);
        var widened = channels == 3 ? ArrayPool<byte>.Shared.Rent(info.BytesSize) : [];
        try
        {
            if (channels == 3) Widen(pixels, widened.AsSpan(0, info.BytesSize));
            fixed (byte* start = channels == 3 ? widened : pixels)
            {
                using var pixmap = new SKPixmap(info, (nint)start);
                using var file = format == ImageFormat.Png
                    ? pixmap.Encode(new SKPngEncoderOptions())
                    : pixmap.Encode(new SKJpegEncoderOptions(quality, quality >= FullColourQuality ? SKJpegEncoderDownsample.Downsample444 : SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore));
                return file?.ToArray() ?? throw new CodecException("Skia could not encode the pixels");
            }
        }
        finally
        {
            if (widened.Length > 0) ArrayPool<byte>.Shared.Return(widened);
        }
    }

    private static void Decode(SKCodec codec, int height, int width, SKColorType layout, byte* pixels)
    {
        var result = codec.GetPixels(Info(height, width, layout, hasAlpha: layout == SKColorType.Rgba8888 && codec.Info.AlphaType != SKAlphaType.Opaque), (nint)pixels);
        if (result != SKCodecResult.Success) throw new CodecException(result == SKCodecResult.IncompleteInput ? "it ends too early" : result.ToString());
    }

    /// <summary>Skia knows no pixels of three bytes.</summary>
    private static void DecodeColours(SKCodec codec, int height, int width, Span<byte> target)
    {
        var wide = ArrayPool<byte>.Shared.Rent(height * width * 4);
        try
        {
            fixed (byte* pixels = wide) Decode(codec, height, width, SKColorType.Rgba8888, pixels);
            PixelConversion.Reduce(wide, 4, target[..(height * width * 3)], 3);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(wide);
        }
    }

    private static void Widen(ReadOnlySpan<byte> colours, Span<byte> target)
    {
        for (; target.Length >= 4; target = target[4..], colours = colours[3..])
        {
            colours[..3].CopyTo(target);
            target[3] = 255;
        }
    }

    // No colour space: values as they are stored.
    private static SKImageInfo Info(int height, int width, SKColorType layout, bool hasAlpha) =>
        new(width, height, layout, hasAlpha ? SKAlphaType.Unpremul : SKAlphaType.Opaque);
}
