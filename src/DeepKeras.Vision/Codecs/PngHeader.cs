using System.Buffers.Binary;
using System.Text;

namespace DeepKeras.Vision.Codecs;

/// <summary>Walks through the chunks of a PNG file (PNG specification, third edition, sections 5 and 11) without decoding them.</summary>
internal static class PngHeader
{
    private const int FirstChunk = 8;

    // Length, name and checksum of a chunk.
    private const int Frame = 12;

    // The best that deflate can do: 258 bytes in 2 bits.
    private const long DeflateRatio = 1032;

    /// <summary>Size, channels and orientation; refuses a file whose chunks do not reach to the closing one.</summary>
    /// <param name="data">A whole file.</param>
    /// <param name="limit">The most pixels allowed.</param>
    public static ImageHeader Read(ReadOnlySpan<byte> data, long limit)
    {
        if (data.Length < FirstChunk + Frame + 13) throw new CodecException("it ends within its header");
        if (!Name(data, FirstChunk).SequenceEqual("IHDR"u8) || Length(data, FirstChunk) != 13) throw new CodecException("it does not begin with a header chunk (IHDR)");
        var header = data.Slice(FirstChunk + 8, 13);
        long width = BinaryPrimitives.ReadUInt32BigEndian(header);
        long height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        ImageHeader.Check(height, width, limit);
        var (bits, colourType) = (header[8], header[9]);
        var transparent = false;
        var orientation = 1;
        long pixelBytes = 0;
        for (var at = FirstChunk; ; )
        {
            if (at + Frame > data.Length) throw new CodecException("it ends before its closing chunk (IEND)");
            var length = Length(data, at);
            var name = Name(data, at);
            if (length > data.Length - at - Frame) throw new CodecException($"it ends within its chunk {Encoding.Latin1.GetString(name)}");
            if (name.SequenceEqual("IEND"u8)) break;
            if (name.SequenceEqual("IDAT"u8)) pixelBytes += length;
            if (name.SequenceEqual("tRNS"u8)) transparent |= pixelBytes == 0;
            if (name.SequenceEqual("eXIf"u8)) orientation = Exif.Orientation(data.Slice(at + 8, (int)length)) ?? orientation;
            at += Frame + (int)length;
        }
        var samples = colourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        if (height * ((width * bits * samples / 8) + 1) / DeflateRatio > pixelBytes + 64) throw new CodecException($"its {pixelBytes} bytes of pixel data cannot hold {height} × {width} pixels");
        var channels = transparent || colourType is 4 or 6 ? 4 : colourType == 0 ? 1 : 3;
        return new ImageHeader(ImageFormat.Png, (int)height, (int)width, channels, Orientation: orientation);
    }

    /// <summary>The file without its gamma chunk, so that the stored values come out as they are; the file itself where it has none.</summary>
    /// <param name="data">A whole file that <see cref="Read"/> has accepted.</param>
    public static ReadOnlySpan<byte> WithoutGamma(ReadOnlySpan<byte> data)
    {
        for (var at = FirstChunk; !Name(data, at).SequenceEqual("IEND"u8); at += Frame + (int)Length(data, at))
        {
            if (Name(data, at).SequenceEqual("gAMA"u8)) return (byte[])[.. data[..at], .. data[(at + Frame + (int)Length(data, at))..]];
            if (Name(data, at).SequenceEqual("IDAT"u8)) break;
        }
        return data;
    }

    private static long Length(ReadOnlySpan<byte> data, int at) => BinaryPrimitives.ReadUInt32BigEndian(data[at..]);

    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> data, int at) => data.Slice(at + 4, 4);
}
