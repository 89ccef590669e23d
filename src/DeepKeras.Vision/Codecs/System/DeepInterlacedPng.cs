using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepKeras.Vision.Codecs;

/// <summary>
/// Interlaced PNG with 16 bits per channel, the one kind that libpng's simplified interface mixes up (1.6.39 was seen to). PNG specification, sections 8 (Adam7) and 9
/// (filters); values are rounded to 8 bits.
/// </summary>
internal static class DeepInterlacedPng
{
    private const int Chunks = 8;

    // First row, first column, row step, column step of the seven passes.
    private static readonly (int Top, int Left, int Down, int Right)[] s_passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];

    /// <summary>Whether a file that <see cref="PngHeader.Read"/> has accepted is of that kind.</summary>
    public static bool Is(ReadOnlySpan<byte> data) => data[24] == 16 && data[28] == 1;

    public static void Decode(ReadOnlySpan<byte> data, int height, int width, int channels, Span<byte> target)
    {
        var samples = data[25] switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => throw new CodecException("its colour type does not go with 16 bits") };
        var (pixels, key) = Collect(data, samples);
        using var unpacked = new ZLibStream(new MemoryStream(pixels), CompressionMode.Decompress);
        try
        {
            foreach (var (top, left, down, right) in s_passes)
            {
                var columns = (width - left + right - 1) / right;
                if (columns <= 0) continue;
                var (row, above) = (new byte[columns * samples * 2], new byte[columns * samples * 2]);
                for (var y = top; y < height; y += down)
                {
                    var filter = unpacked.ReadByte();
                    unpacked.ReadExactly(row);
                    Unfilter(filter, row, above, samples * 2);
                    for (var i = 0; i < columns; i++) Write(row.AsSpan(i * samples * 2, samples * 2), key, target.Slice(((y * width) + left + (i * right)) * channels, channels));
                    (row, above) = (above, row);
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new CodecException("its pixel data is damaged", error);
        }
    }

    /// <summary>The pixel data of all its chunks, and the colour that stands for transparent, if any.</summary>
    private static (byte[] Pixels, byte[] Key) Collect(ReadOnlySpan<byte> data, int samples)
    {
        using var pixels = new MemoryStream();
        byte[] key = [];
        for (var at = Chunks; ; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(data[at..]);
            var name = data.Slice(at + 4, 4);
            var content = data.Slice(at + 8, length);
            if (name.SequenceEqual("IEND"u8)) return (pixels.ToArray(), key);
            if (name.SequenceEqual("IDAT"u8)) pixels.Write(content);
            else if (name.SequenceEqual("tRNS"u8) && (samples is 1 or 3) && length == samples * 2) key = content.ToArray();
            at += length + 12;
        }
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int pixel)
    {
        if (filter is < 0 or > 4) throw new CodecException("its pixel data is damaged: there is no such filter");
        for (var i = 0; i < row.Length; i++)
        {
            var (left, up, corner) = (i < pixel ? 0 : row[i - pixel], above[i], i < pixel ? 0 : above[i - pixel]);
            row[i] += (byte)(filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (a, b, c) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - corner - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    private static void Write(ReadOnlySpan<byte> pixel, ReadOnlySpan<byte> key, Span<byte> target)
    {
        var colours = pixel.Length >= 6 ? 3 : 1;
        if (target.Length == 1)
        {
            target[0] = Eight(pixel, 0);
            return;
        }
        for (var c = 0; c < 3; c++) target[c] = Eight(pixel, colours == 1 ? 0 : c);
        if (target.Length == 4) target[3] = pixel.Length > colours * 2 ? Eight(pixel, colours) : !key.IsEmpty && pixel.SequenceEqual(key) ? (byte)0 : (byte)255;
    }

    private static byte Eight(ReadOnlySpan<byte> pixel, int sample) => (byte)(((BinaryPrimitives.ReadUInt16BigEndian(pixel[(sample * 2)..]) * 255) + 32895) >> 16);
}
