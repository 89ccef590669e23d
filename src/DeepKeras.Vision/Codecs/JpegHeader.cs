using System.Buffers.Binary;

namespace DeepKeras.Vision.Codecs;

/// <summary>Walks through the marker segments of a JPEG file (ITU-T T.81, annex B) up to where its coded picture starts.</summary>
internal static class JpegHeader
{
    private const int StartOfFrameFirst = 0xC0;
    private const int StartOfFrameLast = 0xCF;
    private const int HuffmanTable = 0xC4;
    private const int ArithmeticConditioning = 0xCC;
    private const int Extension = 0xC8;
    private const int StartOfScan = 0xDA;
    private const int EndOfImage = 0xD9;
    private const int Application1 = 0xE1;

    // A block of 8 × 8 pixels takes at least one bit of a Huffman-coded scan, and the most finely sampled component has at least a quarter of the blocks that the size asks for.
    private const long PixelsPerByte = 64 * 4 * 8;

    private static ReadOnlySpan<byte> ExifStart => "Exif\0\0"u8;

    /// <summary>Size, channels and orientation.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="limit">The most pixels allowed.</param>
    public static ImageHeader Read(ReadOnlySpan<byte> data, long limit)
    {
        ImageHeader? header = null;
        int? orientation = null;
        var at = 2;
        while (true)
        {
            // Stray bytes before a marker and fill bytes (0xFF) within it are passed over, as decoders do.
            while (at < data.Length && data[at] != 0xFF) at++;
            while (at < data.Length && data[at] == 0xFF) at++;
            if (at >= data.Length) throw Ends();
            var marker = data[at++];
            if (marker is 0 or 0x01 or (>= 0xD0 and <= 0xD8)) continue;
            if (marker == EndOfImage) throw new CodecException("it holds no picture");
            if (marker == StartOfScan) return header is { } found ? found with { Orientation = orientation ?? 1 } : throw new CodecException("its picture starts before its size was given");
            if (at + 2 > data.Length) throw Ends();
            var length = BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
            if (length < 2) throw new CodecException("one of its segments has an impossible length");
            if (at + length > data.Length) throw Ends();
            var segment = data.Slice(at + 2, length - 2);
            if (marker is >= StartOfFrameFirst and <= StartOfFrameLast and not (HuffmanTable or ArithmeticConditioning or Extension)) header ??= Frame(segment, marker, data.Length, limit);
            else if (marker == Application1 && segment.StartsWith(ExifStart)) orientation ??= Exif.Orientation(segment[ExifStart.Length..]);
            at += length;
        }
    }

    private static ImageHeader Frame(ReadOnlySpan<byte> segment, int marker, long size, long limit)
    {
        if (segment.Length < 6) throw new CodecException("its size segment is too short");
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        int width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        var components = segment[5];
        ImageHeader.Check(height, width, limit);
        var huffman = marker < Extension;
        if (huffman && (long)height * width / PixelsPerByte > size) throw new CodecException($"its {size} bytes cannot hold {height} × {width} pixels");
        if (components is not (1 or 3 or 4)) throw new CodecException($"it has {components} colour components instead of 1, 3 or 4");
        return new ImageHeader(ImageFormat.Jpeg, height, width, components == 1 ? 1 : 3, IsFourInks: components == 4);
    }

    private static CodecException Ends() => new("it ends before its picture starts");
}
