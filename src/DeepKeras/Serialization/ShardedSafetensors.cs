using System.Text.Json;

namespace DeepKeras.Serialization;

/// <summary>
/// Several safetensors files with an index beside them (<c>model.safetensors.index.json</c>): its <c>weight_map</c> says for every key which file holds it,
/// its <c>metadata</c> holds free texts and numbers.
/// </summary>
internal sealed class ShardedSafetensors : IWeightReader
{
    public const string IndexEnding = ".safetensors.index.json";
    private const long IndexLimit = 1 << 26;
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };
    private readonly string _path;
    private readonly Dictionary<string, SafetensorsReader> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsReader> _byName = new(StringComparer.Ordinal);
    private readonly List<WeightEntry> _entries = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    public ShardedSafetensors(string indexPath)
    {
        _path = indexPath;
        try
        {
            Open();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<WeightEntry> Entries => _entries;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    public IReadOnlyList<string> Skipped => [];

    public Tensor Read(string name) => (_byName.TryGetValue(name, out var shard) ? shard : throw Throw.SafetensorsKey(_path, name, _byName.Keys)).Read(name);

    public void Dispose()
    {
        foreach (var shard in _shards.Values) shard.Dispose();
    }

    private void Open()
    {
        var length = new FileInfo(_path).Length;
        if (length > IndexLimit) throw Throw.ShardIndex(_path, $"it has {length} bytes where at most {IndexLimit} are expected");
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(_path), s_strict);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
            {
                throw Throw.ShardIndex(_path, "it holds no object 'weight_map'");
            }
            if (json.RootElement.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in metadata.EnumerateObject()) _metadata[property.Name] = property.Value.ToString();
            }
            foreach (var property in map.EnumerateObject()) _byName.Add(property.Name, Shard(property));
        }
        catch (JsonException error)
        {
            throw Throw.ShardIndex(_path, $"it is not valid JSON ({Throw.FirstLine(error.Message).TrimEnd('.')})");
        }
        Compare();
    }

    private SafetensorsReader Shard(JsonProperty property)
    {
        var file = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : "";
        // The index may come from anywhere: it must not reach files of other folders.
        if (file.Length == 0 || file is "." or ".." || file.AsSpan().ContainsAny("/\\:\0")) throw Throw.ShardIndex(_path, $"'{property.Name}' stands in {property.Value.GetRawText()} where the name of a file in the same folder is expected");
        if (!_shards.TryGetValue(file, out var shard)) _shards[file] = shard = new SafetensorsReader(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_path))!, file));
        return shard;
    }

    /// <summary>The index and the files must say the same.</summary>
    private void Compare()
    {
        foreach (var (file, shard) in _shards)
        {
            foreach (var entry in shard.Entries)
            {
                if (!_byName.TryGetValue(entry.Name, out var expected) || expected != shard) throw Throw.ShardIndex(_path, $"{file} holds '{entry.Name}', which the index does not place there");
                _entries.Add(new WeightEntry(entry.Name, entry.Dtype, entry.Shape));
            }
        }
        var found = _entries.Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, shard) in _byName)
        {
            if (!found.Contains(name)) throw Throw.ShardIndex(_path, $"'{name}' is not in {_shards.First(s => s.Value == shard).Key}, where the index places it");
        }
    }
}
