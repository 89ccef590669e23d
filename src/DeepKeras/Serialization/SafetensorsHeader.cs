using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DeepKeras.Serialization;

/// <summary>
/// The head of a safetensors file: eight bytes for its length (little-endian), then JSON that maps each key to element type, shape and the first and last
/// offset of its bytes, filled up with blanks to a multiple of eight. The bytes of all tensors follow without a gap.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The limit of the reference implementation; a larger length means that the file is something else.</summary>
    private const long Limit = 100_000_000;

    private const string MetadataKey = "__metadata__";
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };
    private readonly string _source;
    private readonly List<SafetensorsEntry> _entries = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafetensorsHeader(string source) => _source = source;

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _entries;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Where the tensors' bytes begin.</summary>
    public long DataStart { get; private set; }

    /// <summary>Reads and checks the whole head; nothing in it is trusted.</summary>
    /// <param name="stream">A stream at the beginning of the file.</param>
    /// <param name="length">The length of the whole file.</param>
    /// <param name="source">What to call the file in errors.</param>
    public static SafetensorsHeader Read(Stream stream, long length, string source)
    {
        var header = new SafetensorsHeader(source);
        header.Read(stream, length);
        return header;
    }

    public static byte[] Write(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                writer.WriteStartObject(MetadataKey);
                foreach (var (key, value) in metadata) writer.WriteString(key, value);
                writer.WriteEndObject();
            }
            foreach (var entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", SafetensorsType.Name(entry.Dtype));
                writer.WriteStartArray("shape");
                foreach (var extent in entry.Shape) writer.WriteNumberValue(extent!.Value);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(entry.Start);
                writer.WriteNumberValue(entry.Start + entry.Length);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        while (json.Length % 8 != 0) json.WriteByte((byte)' ');
        var head = new byte[8 + json.Length];
        BinaryPrimitives.WriteInt64LittleEndian(head, json.Length);
        json.ToArray().CopyTo(head, 8);
        return head;
    }

    private void Read(Stream stream, long length)
    {
        if (length < 8) throw Throw.Safetensors(_source, $"it has {length} bytes where at least 8 are expected");
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        var size = BinaryPrimitives.ReadInt64LittleEndian(start);
        if (size is < 2 or > Limit) throw Throw.Safetensors(_source, FileKind.Of(start) is { } other ? $"it is {other}" : $"its header is said to have {size} bytes where 2 to {Limit} are expected");
        if (size > length - 8) throw Throw.Safetensors(_source, $"its header is said to have {size} bytes but only {length - 8} follow");
        DataStart = 8 + size;
        var text = new byte[size];
        stream.ReadExactly(text);
        if (text[0] != (byte)'{') throw Throw.Safetensors(_source, $"its header begins with '{Encoding.Latin1.GetString(text, 0, 1)}' where '{{' is expected");
        try
        {
            using var json = JsonDocument.Parse(text, s_strict);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey) ReadMetadata(property.Value);
                else _entries.Add(ReadEntry(property.Name, property.Value));
            }
        }
        catch (JsonException error)
        {
            throw Throw.Safetensors(_source, $"its header is not valid JSON ({Throw.FirstLine(error.Message).TrimEnd('.')})");
        }
        _entries.Sort((a, b) => (a.Start, a.Length).CompareTo((b.Start, b.Length)));
        CheckPlaces(length - DataStart);
    }

    private void ReadMetadata(JsonElement map)
    {
        if (map.ValueKind != JsonValueKind.Object) throw Throw.Safetensors(_source, $"'{MetadataKey}' is not an object");
        foreach (var property in map.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String) throw Throw.Safetensors(_source, $"'{MetadataKey}' holds '{property.Name}', which is not a text");
            _metadata[property.Name] = property.Value.GetString()!;
        }
    }

    private SafetensorsEntry ReadEntry(string name, JsonElement map)
    {
        if (map.ValueKind != JsonValueKind.Object) throw Bad("its entry is not an object");
        var known = 0;
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (var property in map.EnumerateObject())
        {
            known++;
            if (property.NameEquals("dtype"u8) && property.Value.ValueKind == JsonValueKind.String) type = property.Value.GetString();
            else if (property.NameEquals("shape"u8)) shape = Sizes(property.Value);
            else if (property.NameEquals("data_offsets"u8)) offsets = Sizes(property.Value);
            else throw Bad($"its entry holds '{property.Name}', which is unknown or of the wrong kind");
        }
        if (known != 3 || type is null || shape is null || offsets is not [var begin, var end]) throw Bad("its entry must hold dtype, shape and two data_offsets, all sizes at least 0");
        var dtype = SafetensorsType.Find(type) ?? throw Bad($"its dtype is \"{type}\" where one of {string.Join(", ", SafetensorsType.Names)} is expected");
        if (end < begin) throw Bad($"its data_offsets run backwards, from {begin} to {end}");
        var length = (UInt128)(ulong)SafetensorsType.Size(dtype);
        foreach (var extent in shape)
        {
            length *= (ulong)extent;
            if (length > long.MaxValue) throw Bad($"its shape {new Shape(shape)} is larger than any file");
        }
        if ((long)length != end - begin) throw Bad($"its shape {new Shape(shape)} of {type} needs {(long)length} bytes but its data_offsets span {end - begin}");
        return new SafetensorsEntry(name, dtype, new Shape(shape), begin, end - begin);

        KerasException Bad(string problem) => Throw.Safetensors(_source, $"'{name}': {problem}");
    }

    private static long[]? Sizes(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array) return null;
        var sizes = new long[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out sizes[i]) || sizes[i++] < 0) return null;
        }
        return sizes;
    }

    /// <summary>Every byte belongs to exactly one tensor.</summary>
    private void CheckPlaces(long available)
    {
        var end = 0L;
        foreach (var entry in _entries)
        {
            if (entry.Start < end) throw Throw.Safetensors(_source, $"'{entry.Name}': its bytes begin at {entry.Start}, inside the tensor before it, which ends at {end}");
            if (entry.Start > end) throw Throw.Safetensors(_source, $"'{entry.Name}': its bytes begin at {entry.Start} where {end} is expected");
            end = checked(entry.Start + entry.Length);
        }
        if (end > available) throw Throw.Safetensors(_source, $"its tensors have {end} bytes but only {available} follow the header: the file is cut off");
        if (end < available) throw Throw.Safetensors(_source, $"its tensors have {end} bytes but {available} follow the header");
    }
}
