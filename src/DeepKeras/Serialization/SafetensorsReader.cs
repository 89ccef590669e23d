namespace DeepKeras.Serialization;

/// <summary>
/// Reads <c>.safetensors</c> files (huggingface.co/docs/safetensors): the head at once, the tensors one by one. A truncated, corrupt or hostile file is
/// refused with the key, what was expected and what was found; nothing in it is executed, and no memory is taken that the file does not fill.
/// </summary>
/// <remarks>
/// <code>
/// using var file = new SafetensorsReader("weights.safetensors");
/// foreach (var entry in file.Entries) Console.WriteLine($"{entry.Name} {entry.Dtype} {entry.Shape}");
/// using var kernel = file.Read("dense/kernel");
/// </code>
/// </remarks>
public sealed class SafetensorsReader : IDisposable
{
    private readonly Stream _stream;
    private readonly SafetensorsHeader _header;
    private readonly Dictionary<string, SafetensorsEntry> _byName;
    private readonly string _source;
    private long _position;

    /// <summary>Opens a file and reads its head.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KerasException">It does not exist or is not a whole safetensors file.</exception>
    public SafetensorsReader(string path)
        : this(Open(path), path)
    {
    }

    /// <summary>Reads the head of a file within a stream, such as an entry of a zip archive.</summary>
    /// <param name="stream">A stream at the beginning of the file; the reader closes it.</param>
    /// <param name="length">The length of the file.</param>
    /// <param name="source">What to call it in errors.</param>
    internal SafetensorsReader(Stream stream, long length, string source)
    {
        _stream = stream;
        _source = source;
        try
        {
            _header = SafetensorsHeader.Read(stream, length, source);
        }
        catch (Exception error)
        {
            stream.Dispose();
            if (error is EndOfStreamException) throw Throw.Safetensors(source, "it ends within its header");
            throw;
        }
        _position = _header.DataStart;
        _byName = _header.Entries.ToDictionary(e => e.Name, StringComparer.Ordinal);
    }

    private SafetensorsReader(FileStream stream, string path)
        : this(stream, stream.Length, path)
    {
    }

    /// <summary>Every tensor, in the order of the file.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _header.Entries;

    /// <summary>Free texts that the writer left, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>A tensor on the CPU.</summary>
    /// <param name="name">Its key.</param>
    /// <exception cref="KerasException">There is no such key, or the file ends too early.</exception>
    public Tensor Read(string name) => Read(_byName.TryGetValue(name, out var entry) ? entry : throw Throw.SafetensorsKey(_source, name, _byName.Keys));

    /// <summary>All tensors in the order of the file, so that a stream need not go back.</summary>
    internal IEnumerable<(string Name, Tensor Value)> ReadAll() => Entries.Select(entry => (entry.Name, Read(entry)));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw Throw.WeightFileMissing(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
    }

    private Tensor Read(SafetensorsEntry entry)
    {
        var start = _header.DataStart + entry.Start;
        if (_position != start) _stream.Position = start;
        var tensor = torch.empty(entry.Shape.ToArray(), entry.Dtype);
        try
        {
            TensorBytes.Read(_stream, tensor);
        }
        catch (EndOfStreamException)
        {
            tensor.Dispose();
            throw Throw.Safetensors(_source, $"'{entry.Name}': the file ends before its {entry.Length} bytes are complete");
        }
        _position = start + entry.Length;
        return tensor;
    }
}
