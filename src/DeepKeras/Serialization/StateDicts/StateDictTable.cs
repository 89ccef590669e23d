using DeepKeras.Files;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>A model seen through a <see cref="StateDictMap"/>: every weight with its key.</summary>
internal sealed class StateDictTable
{
    private readonly Model _model;
    private readonly StateDictMap _map;
    private readonly List<StateDictSlot> _slots = [];
    private readonly List<string> _unmatched = [];

    public StateDictTable(Model model, StateDictMap map)
    {
        (_model, _map) = (model, map);
        var order = new FeatureOrder(Built(model));
        var layers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, weight) in WeightTable.Of(model).Where(e => !e.Weight.IsChangeOfAnother))
        {
            var layer = LayerPath(path, weight);
            if (map.KeyOf(layer) is not { } prefix)
            {
                if (_unmatched.Count == 0 || _unmatched[^1] != layer) _unmatched.Add(layer);
                continue;
            }
            if (prefix.Length == 0) continue;
            var key = $"{prefix}.{StateDictSlot.NameOf(weight)}";
            if (!layers.TryAdd(key, path)) throw Throw.StateDictTwice(key, layers[key], path);
            _slots.Add(new StateDictSlot(key, weight, order));
        }
    }

    /// <summary>Checks the whole file, reading it once, and then overwrites the weights one by one, so that no second model is in memory.</summary>
    public WeightReport Load(WeightFile file, bool skipMismatch)
    {
        var report = Compare(file);
        if (!skipMismatch && !report.IsComplete) throw Throw.StateDictMismatch(file.Path, _model, report);
        var loaded = report.Loaded.ToHashSet(StringComparer.Ordinal);
        List<StateDictSlot> fitting = [.. _slots.Where(s => loaded.Contains(s.Key))];
        // A disk that fails in the middle must be noticed before the first weight changes.
        foreach (var slot in fitting) file.Read(slot.Key).Dispose();
        foreach (var slot in fitting)
        {
            using var stored = file.Read(slot.Key);
            slot.Write(stored);
        }
        return report;
    }

    public void Save(string path)
    {
        if (_unmatched.Count > 0) throw Throw.StateDictUnmatched(_model, _unmatched);
        var sources = new List<TensorSource>();
        foreach (var slot in _slots)
        {
            sources.Add(slot.Source);
            if (slot.Weight is { Owner: BatchNormalization, Name: "moving_variance" })
            {
                sources.Add(new TensorSource($"{slot.Key[..slot.Key.LastIndexOf('.')]}.{StateDictMap.BatchCounter}", ScalarType.Int64, [], () => torch.zeros([], ScalarType.Int64)));
            }
        }
        var ending = Path.GetExtension(path);
        if (ModelWeights.PyTorchEndings.Contains(ending, StringComparer.OrdinalIgnoreCase)) PyTorchWriter.Save(path, sources);
        else if (ending.Equals(".safetensors", StringComparison.OrdinalIgnoreCase)) AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, sources, new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" }));
        else throw Throw.StateDictEnding(path);
    }

    private static Model Built(Model model) => model.IsBuilt ? model : throw Throw.NotBuilt(model);

    private static string LayerPath(string path, Weight weight)
    {
        var layer = path[..path.LastIndexOf('/')];
        // Names of weights inside a TorchSharp module have dots, not slashes, so the last slash is the layer's.
        return weight.Owner is not (SeparableConv1D or SeparableConv2D) ? layer : weight.Name == "depthwise_kernel" ? layer + "/depthwise" : layer + "/pointwise";
    }

    private WeightReport Compare(WeightFile file)
    {
        var found = file.Entries.ToDictionary(e => e.Name, e => e.Shape, StringComparer.Ordinal);
        var wanted = _slots.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var present = _slots.Where(s => found.ContainsKey(s.Key)).ToLookup(s => s.Accepts(found[s.Key]));
        return new WeightReport(
            [.. present[true].Select(s => s.Key)],
            [.. _slots.Where(s => !found.ContainsKey(s.Key)).Select(s => (s.Key, new Shape(s.Shape)))],
            [.. file.Entries.Where(e => !wanted.Contains(e.Name) && !_map.Ignores(e.Name)).Select(e => (e.Name, e.Shape))],
            [.. present[false].Select(s => (s.Key, new Shape(s.Shape), found[s.Key]))]) { Unmatched = _unmatched };
    }
}
