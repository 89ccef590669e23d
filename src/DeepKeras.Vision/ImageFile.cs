using DeepKeras.Files;
using DeepKeras.Vision.Codecs;

namespace DeepKeras.Vision;

/// <summary>PNG and JPEG files as tensors of bytes, <c>(height, width, channels)</c> with 1 (grey), 3 (RGB) or 4 (RGB and alpha) channels.</summary>
/// <remarks>
/// <code>
/// var image = ImageFile.Load("cat.jpg");                                  // (375, 500, 3), uint8
/// var batch = image.to_type(ScalarType.Float32).div(255).unsqueeze(0);    // (1, 375, 500, 3), 0 … 1
/// </code>
/// </remarks>
public static class ImageFile
{
    private static ReadOnlySpan<byte> PngStart => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    /// <summary>Reads a file.</summary>
    /// <param name="path">A PNG or JPEG file; its content decides, not its name.</param>
    /// <param name="channels">1, 3 or 4 to convert (grey by ITU-R 601: 0.299 R + 0.587 G + 0.114 B); by default what the file holds.</param>
    /// <returns>uint8, <c>(height, width, channels)</c>.</returns>
    /// <exception cref="KerasException">The file is missing, damaged or of another kind.</exception>
    public static Tensor Load(string path, int? channels = null)
    {
        if (!File.Exists(path)) throw Throw.FileMissing(path);
        return Load(File.ReadAllBytes(path), channels, path);
    }

    /// <summary>Reads an image from a stream, to its end.</summary>
    /// <param name="stream">A PNG or JPEG file.</param>
    /// <param name="channels">1, 3 or 4 to convert; by default what the file holds.</param>
    /// <returns>uint8, <c>(height, width, channels)</c>.</returns>
    /// <exception cref="KerasException">The data is damaged or of another kind.</exception>
    public static Tensor Load(Stream stream, int? channels = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Load(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), channels, stream is FileStream file ? file.Name : "The stream");
    }

    /// <summary>Reads an image from memory.</summary>
    /// <param name="data">A whole PNG or JPEG file.</param>
    /// <param name="channels">1, 3 or 4 to convert; by default what the file holds.</param>
    /// <returns>uint8, <c>(height, width, channels)</c>.</returns>
    /// <exception cref="KerasException">The data is damaged or of another kind.</exception>
    public static Tensor Load(byte[] data, int? channels = null) => Load(data, channels, "The data");

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

    private static Tensor Load(ReadOnlySpan<byte> data, int? channels, string source)
    {
        if (channels is { } wanted and not (1 or 3 or 4)) throw Throw.Channels(wanted);
        var format = data.StartsWith(PngStart) ? ImageFormat.Png
            : data.StartsWith(JpegStart) ? ImageFormat.Jpeg
            : throw Throw.NotAnImage(source, data[..Math.Min(8, data.Length)]);
        try
        {
            var image = ImageCodec.Decode(data, format);
            return channels is { } count && count != image.shape[2] ? Convert(image, count) : image;
        }
        catch (CodecException error)
        {
            throw Throw.DamagedImage(source, format, error);
        }
    }

    private static Tensor Convert(Tensor image, int channels)
    {
        using var scope = torch.NewDisposeScope();
        scope.Attach(image);
        var (height, width, have) = (image.shape[0], image.shape[1], image.shape[2]);
        var colours = have == 4 ? image.narrow(2, 0, 3) : image;
        if (channels == 1) return Grey(have == 1 ? image.expand([height, width, 3]) : colours).MoveToOuterDisposeScope();
        var rgb = have == 1 ? image.expand([height, width, 3]) : colours;
        if (channels == 3) return rgb.contiguous().clone().MoveToOuterDisposeScope();
        return torch.cat([rgb, torch.full([height, width, 1], 255, ScalarType.Byte)], 2).MoveToOuterDisposeScope();
    }

    /// <summary>(19595 R + 38470 G + 7471 B + 32768) / 65536, the whole-number form of ITU-R 601 that most libraries use.</summary>
    private static Tensor Grey(Tensor rgb)
    {
        var weights = torch.tensor(new[] { 19595, 38470, 7471 }, ScalarType.Int32);
        return rgb.to_type(ScalarType.Int32).mul(weights).sum(2, true, ScalarType.Int32).add(32768).div(65536.0).floor().to_type(ScalarType.Byte);
    }
}
