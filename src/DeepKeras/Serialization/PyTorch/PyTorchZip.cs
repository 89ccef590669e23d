using System.IO.Compression;

namespace DeepKeras.Serialization;

/// <summary>
/// What PyTorch writes since version 1.6: a zip archive with one folder, in it <c>data.pkl</c> (the pickle), <c>data/0</c>, <c>data/1</c> … (the storages,
/// stored without compression), <c>version</c> and, lately, <c>byteorder</c>.
/// </summary>
internal sealed class PyTorchZip : PyTorchWeights
{
    private const string PickleName = "data.pkl";
    private const long PickleLimit = 1 << 28;
    private readonly FileStream _stream;
    private readonly ZipArchive _zip = null!;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.Ordinal);
    private readonly HashSet<ZipArchiveEntry> _sound = [];
    private string _folder = "";

    public PyTorchZip(string path)
        : base(path)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            _zip = new ZipArchive(_stream, ZipArchiveMode.Read, leaveOpen: true);
            Open();
        }
        catch (Exception error)
        {
            Dispose();
            if (error is InvalidDataException or IOException) throw Throw.PyTorchFile(path, $"its zip archive is damaged or cut off ({Throw.FirstLine(error.Message).TrimEnd('.')})");
            throw;
        }
    }

    public override void Dispose()
    {
        _zip?.Dispose();
        _stream.Dispose();
    }

    protected override void ReadStorage(PickleStorage storage, long start, Tensor target)
    {
        var entry = _parts[StorageName(storage)];
        var isWhole = target.numel() == storage.Count;
        if (!isWhole) CheckSum(entry, CopyTo(entry));
        using var part = entry.Open();
        if (part.CanSeek) part.Position = start;
        else Skip(part, start);
        TensorBytes.Read(part, target);
        if (isWhole) CheckSum(entry, sum => TensorBytes.Write(sum, target));
    }

    private static Action<Stream> CopyTo(ZipArchiveEntry entry) => sum =>
    {
        using var part = entry.Open();
        part.CopyTo(sum);
    };

    private static void Skip(Stream part, long count)
    {
        var buffer = new byte[Math.Min(count, 1 << 16)];
        for (var left = count; left > 0; left -= buffer.Length) part.ReadExactly(buffer, 0, (int)Math.Min(left, buffer.Length));
    }

    /// <summary>Each part is summed up once, however many tensors are windows into it.</summary>
    private void CheckSum(ZipArchiveEntry entry, Action<Stream> write)
    {
        if (!_sound.Add(entry)) return;
        var sum = new Crc32Stream(Stream.Null);
        write(sum);
        if (sum.Value == entry.Crc32) return;
        _sound.Remove(entry);
        throw Throw.PyTorchSum(Path, entry.FullName, entry.Crc32, sum.Value);
    }

    private void Open()
    {
        foreach (var entry in _zip.Entries) _parts.TryAdd(entry.FullName, entry);
        var pickles = _parts.Keys.Where(n => n == PickleName || (n.EndsWith("/" + PickleName, StringComparison.Ordinal) && n.IndexOf('/', StringComparison.Ordinal) == n.Length - PickleName.Length - 1)).ToList();
        if (_parts.ContainsKey("metadata.json") && _parts.ContainsKey("config.json")) throw Throw.WeightFileKind(Path, "a model file, which LoadModel reads");
        if (pickles is not [var pickle]) throw Throw.PyTorchFile(Path, $"it is a zip archive with {pickles.Count} files {PickleName} where one is expected");
        _folder = pickle[..^PickleName.Length];
        if (_parts.TryGetValue(_folder + "byteorder", out var order) && ReadSmall(order, 16).Span is var text && !text.SequenceEqual("little"u8)) throw Throw.PyTorchFile(Path, "its numbers are big-endian where little-endian ones are expected");
        using var content = new MemoryStream(ReadSmall(_parts[pickle], PickleLimit).ToArray());
        var storages = new HashSet<PickleStorage>();
        Take(PickleReader.Read(content, Path, storages));
        foreach (var storage in storages) Check(storage);
    }

    /// <summary>A storage that is announced must be there as a whole, so that reading a tensor later takes no memory that the file does not fill.</summary>
    private void Check(PickleStorage storage)
    {
        if (!_parts.TryGetValue(StorageName(storage), out var part)) throw Throw.PyTorchFile(Path, $"storage '{storage.Key}' is not in the archive");
        if (part.CompressedLength != part.Length) throw Throw.PyTorchFile(Path, $"storage '{storage.Key}' is compressed where plain numbers are expected");
        if (part.Length != storage.ByteCount) throw Throw.PyTorchFile(Path, $"storage '{storage.Key}' has {part.Length} bytes where {storage.ByteCount} are expected");
        if (part.Length > _stream.Length) throw Throw.PyTorchFile(Path, $"storage '{storage.Key}' is said to have {part.Length} bytes, more than the file");
        // Opening looks at the local header and whether the data lies within the file.
        part.Open().Dispose();
    }

    private ReadOnlyMemory<byte> ReadSmall(ZipArchiveEntry entry, long limit)
    {
        if (entry.Length > limit) throw Throw.PyTorchFile(Path, $"{entry.FullName} has {entry.Length} bytes where at most {limit} are expected");
        if (entry.Length > _stream.Length) throw Throw.PyTorchFile(Path, $"{entry.FullName} is said to have {entry.Length} bytes, more than the file");
        var bytes = new byte[entry.Length];
        using var part = entry.Open();
        part.ReadExactly(bytes);
        CheckSum(entry, sum => sum.Write(bytes));
        return bytes;
    }

    private string StorageName(PickleStorage storage) => $"{_folder}data/{storage.Key}";
}
