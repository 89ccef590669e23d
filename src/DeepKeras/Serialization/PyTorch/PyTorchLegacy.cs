using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace DeepKeras.Serialization;

/// <summary>
/// What PyTorch wrote before version 1.6: four pickles (a magic number, the version of the format, sizes of the machine, the object), a pickle with the keys
/// of the storages, then each storage as the count of its elements (int64) and their bytes.
/// </summary>
internal sealed class PyTorchLegacy : PyTorchWeights
{
    private const long FormatVersion = 1001;
    private static readonly BigInteger s_magic = BigInteger.Parse("119547037146038801333356", CultureInfo.InvariantCulture);
    private readonly FileStream _stream;
    private readonly Dictionary<string, long> _starts = new(StringComparer.Ordinal);

    public PyTorchLegacy(string path)
        : base(path)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            Open();
        }
        catch (Exception error)
        {
            Dispose();
            if (error is IOException) throw Throw.PyTorchFile(path, "it is cut off");
            throw;
        }
    }

    public override void Dispose() => _stream.Dispose();

    protected override void ReadStorage(PickleStorage storage, long start, Tensor target)
    {
        _stream.Position = _starts[storage.Key] + start;
        TensorBytes.Read(_stream, target);
    }

    private void Open()
    {
        var storages = new HashSet<PickleStorage>();
        if (Next() is not BigInteger magic || magic != s_magic) throw Throw.PyTorchFile(Path, "it is a pickle that torch.save did not write");
        if (Next() is not FormatVersion) throw Throw.PyTorchFile(Path, $"the version of its format is not {FormatVersion}");
        if (Next() is PickleDictionary machine && machine.Items.Contains(("little_endian", false))) throw Throw.PyTorchFile(Path, "its numbers are big-endian where little-endian ones are expected");
        Take(Next());
        var known = storages.ToLookup(s => s.Key, StringComparer.Ordinal);
        if (Next() is not List<object?> keys) throw Throw.PyTorchFile(Path, "the keys of its storages are no list");
        foreach (var key in keys) Locate(key as string ?? throw Throw.PyTorchFile(Path, "the key of a storage is no text"), known);
        if (storages.FirstOrDefault(s => !_starts.ContainsKey(s.Key)) is { } missing) throw Throw.PyTorchFile(Path, $"storage '{missing.Key}' is not in it");
        if (_stream.Position != _stream.Length) throw Throw.PyTorchFile(Path, $"{_stream.Length - _stream.Position} bytes follow its last storage");

        object? Next() => PickleReader.Read(_stream, Path, storages);
    }

    /// <summary>Notes where a storage stands and goes behind it.</summary>
    private void Locate(string key, ILookup<string, PickleStorage> known)
    {
        var expected = known[key].FirstOrDefault() ?? throw Throw.PyTorchFile(Path, $"storage '{key}' has no type");
        if (known[key].Any(s => s.ByteCount != expected.ByteCount || s.Dtype != expected.Dtype) || _starts.ContainsKey(key)) throw Throw.PyTorchFile(Path, $"storage '{key}' is described twice");
        Span<byte> head = stackalloc byte[sizeof(long)];
        _stream.ReadExactly(head);
        var count = BinaryPrimitives.ReadInt64LittleEndian(head);
        if (count != expected.Count) throw Throw.PyTorchFile(Path, $"storage '{key}' has {count} elements where {expected.Count} are expected");
        var left = _stream.Length - _stream.Position;
        if (expected.ByteCount > left) throw Throw.PyTorchFile(Path, $"storage '{key}' has {expected.ByteCount} bytes but only {left} follow");
        _starts.Add(key, _stream.Position);
        _stream.Position += expected.ByteCount;
    }
}
