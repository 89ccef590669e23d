using DeepKeras.Files;
using DeepKeras.Vision.Codecs;

namespace DeepKeras.Vision;

/// <summary>PNG and JPEG files as tensors of bytes, <c>(height, width, channels)</c> with 1 (grey), 3 (RGB) or 4 (RGB and alpha) channels.</summary>
/// <remarks>
/// PNG of 1 to 16 bits per channel (16 are rounded to 8), grey, colour or palette, with or without alpha, interlaced or not; gamma notes are left alone. JPEG
/// baseline or progressive, grey, colour, CMYK or YCCK. A file that is cut short anywhere, that is damaged, or that announces more pixels than
/// <see cref="MaxPixels"/> or than its bytes can hold is refused, the last two before memory is taken for them.
/// <code>
/// var image = ImageFile.Load("cat.jpg");                                  // (375, 500, 3), uint8
/// var batch = image.to_type(ScalarType.Float32).div(255).unsqueeze(0);    // (1, 375, 500, 3), 0 … 1
/// </code>
/// </remarks>
public static class ImageFile
{
    internal const long DefaultMaxPixels = 1 << 28;

    private static long s_maxPixels = DefaultMaxPixels;

    /// <summary>
    /// The most pixels (height · width) that a file may announce, for the whole program: 268,435,456 (16,384 × 16,384) by default, at most 536,870,911.
    /// A small file can announce billions of them; it is refused before memory is taken.
    /// </summary>
    /// <exception cref="KerasException">It is set below 1 or above the most possible.</exception>
    public static long MaxPixels
    {
        get => Volatile.Read(ref s_maxPixels);
        set => Volatile.Write(ref s_maxPixels, value is >= 1 and <= ImageHeader.MostPixels ? value : throw Throw.MaxPixels(value));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A PNG or JPEG file; its content decides, not its name.</param>
    /// <param name="channels">1, 3 or 4 to convert (grey by ITU-R 601: 0.299 R + 0.587 G + 0.114 B); by default what the file holds.</param>
    /// <param name="applyOrientation">Whether a photo is turned upright as its EXIF note says, which may exchange height and width; yes by default.</param>
    /// <returns>uint8, <c>(height, width, channels)</c>.</returns>
    /// <exception cref="KerasException">The file is missing, a folder, unreadable, damaged, too large or of another kind; the message says which file and why.</exception>
    public static Tensor Load(string path, int? channels = null, bool applyOrientation = true)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var file = FileBytes.Read(path);
        return Load(file.Span, channels, applyOrientation, path);
    }

    /// <summary>Reads an image from a stream, to its end.</summary>
    /// <param name="stream">A PNG or JPEG file.</param>
    /// <param name="channels">1, 3 or 4 to convert; by default what the file holds.</param>
    /// <param name="applyOrientation">Whether a photo is turned upright as its EXIF note says; yes by default.</param>
    /// <returns>uint8, <c>(height, width, channels)</c>.</returns>
    /// <exception cref="KerasException">The data is damaged, too large or of another kind.</exception>
    public static Tensor Load(Stream stream, int? channels = null, bool applyOrientation = true)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Load(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), channels, applyOrientation, stream is FileStream file ? file.Name : "The stream");
    }

    /// <summary>Reads an image from memory.</summary>
    /// <param name="data">A whole PNG or JPEG file.</param>
    /// <param name="channels">1, 3 or 4 to convert; by default what the file holds.</param>
    /// <param name="applyOrientation">Whether a photo is turned upright as its EXIF note says; yes by default.</param>
    /// <returns>uint8, <c>(height, width, channels)</c>.</returns>
    /// <exception cref="KerasException">The data is damaged, too large or of another kind.</exception>
    public static Tensor Load(byte[] data, int? channels = null, bool applyOrientation = true) => Load(data, channels, applyOrientation, "The data");

    /// <summary>Writes a file. A crash in between leaves an old file of that name as it was.</summary>
    /// <param name="path">A name that ends in .png, .jpg or .jpeg.</param>
    /// <param name="image">uint8, <c>(height, width)</c> or <c>(height, width, channels)</c>.</param>
    /// <param name="quality">1 to 100, for JPEG; 90 by default. From 90 on colour keeps its full resolution.</param>
    /// <exception cref="KerasException">The tensor is no image, the name has another ending, or the file cannot be written.</exception>
    public static void Save(string path, Tensor image, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(image);
        var format = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => ImageFormat.Png,
            ".JPG" or ".JPEG" => ImageFormat.Jpeg,
            _ => throw Throw.Extension(path),
        };
        if (quality is < 1 or > 100) throw Throw.Quality(quality);
        if (image.ndim is not (2 or 3) || (image.ndim == 3 && image.shape[2] is not (1 or 3 or 4)) || image.numel() == 0) throw Throw.ImageShape(image);
        if (image.dtype != ScalarType.Byte) throw Throw.ImageType(image);
        var channels = image.ndim == 2 ? 1 : (int)image.shape[2];
        if (format == ImageFormat.Jpeg && channels == 4) throw Throw.JpegAlpha(path);
        using var scope = torch.NewDisposeScope();
        var pixels = image.detach().cpu().contiguous();
        var file = ImageCodec.Encode(pixels.bytes, (int)image.shape[0], (int)image.shape[1], channels, format, quality);
        AtomicFile.Write(path, stream => stream.Write(file));
    }

    private static Tensor Load(ReadOnlySpan<byte> data, int? channels, bool applyOrientation, string source)
    {
        if (channels is { } wanted and not (1 or 3 or 4)) throw Throw.Channels(wanted);
        var header = ImageHeader.Read(data, source);
        if (!applyOrientation) header = header with { Orientation = 1 };
        var (height, width) = header.IsTransposed ? (header.Width, header.Height) : (header.Height, header.Width);
        var image = torch.empty([height, width, channels ?? header.Channels], ScalarType.Byte);
        try
        {
            ImageDecoder.Decode(data, header, header.Height, header.Width, channels ?? header.Channels, image.bytes, source);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }
}
