using System.Buffers.Binary;
using System.IO.Compression;

namespace DeepKeras.Datasets;

/// <summary>
/// The IDX format of MNIST: two zero bytes, the element type (8 = unsigned byte), the number of axes, each extent as a big-endian
/// 32-bit number, then the values. Compressed with gzip or plain.
/// </summary>
internal static class IdxFile
{
    private const int UnsignedByte = 8;

    /// <summary>The values as a uint8 tensor.</summary>
    /// <param name="path">A file, compressed when its name ends in .gz.</param>
    /// <param name="rank">The number of axes that it must have.</param>
    public static Tensor Read(string path, int rank)
    {
        using var file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        try
        {
            return Read(stream, path, rank);
        }
        catch (EndOfStreamException)
        {
            throw Throw.DatasetFile(path, "it ends too early");
        }
        catch (InvalidDataException error)
        {
            throw Throw.DatasetFile(path, $"it cannot be decompressed ({Throw.FirstLine(error.Message)})");
        }
    }

    private static Tensor Read(Stream stream, string path, int rank)
    {
        Span<byte> head = stackalloc byte[4];
        stream.ReadExactly(head);
        if (head[0] != 0 || head[1] != 0 || head[2] != UnsignedByte) throw Throw.DatasetFile(path, $"it begins with {Convert.ToHexString(head)} where 000008{rank:X2} is expected");
        if (head[3] != rank) throw Throw.DatasetFile(path, $"it has {head[3]} axes where {rank} are expected");
        var shape = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            stream.ReadExactly(head);
            shape[i] = BinaryPrimitives.ReadUInt32BigEndian(head);
        }
        var count = shape.Aggregate(1L, (a, b) => checked(a * b));
        if (count is 0 or > 1 << 30) throw Throw.DatasetFile(path, $"it claims the shape {new Shape(shape)}");
        var tensor = torch.empty(shape, ScalarType.Byte);
        stream.ReadExactly(tensor.bytes);
        return stream.ReadByte() < 0 ? tensor : throw Throw.DatasetFile(path, $"it is longer than its shape {new Shape(shape)} says");
    }
}
