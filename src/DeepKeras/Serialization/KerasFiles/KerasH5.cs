using System.Globalization;

namespace DeepKeras.Serialization;

/// <summary>
/// An HDF5 file of Keras as a source of weights. Keras 3 writes <c>layers/dense/vars/0</c>, named by class and place; Keras 1 and 2 and every <c>.h5</c> hold a
/// group per layer that lists its weights in the attribute <c>weight_names</c>, all layers being listed in <c>layer_names</c>.
/// </summary>
internal sealed class KerasH5 : IWeightReader
{
    private const string LayerNames = "layer_names";
    private const string OptimizerGroup = "optimizer";

    /// <summary>What Keras 2.13 called the layers of a model.</summary>
    private const string OldContainer = "_layer_checkpoint_dependencies";

    private static readonly string[] s_states = ["seed_generator", "_seed_generator", "random_generator", "_random_generator"];
    private readonly Hdf5File _file;
    private readonly Dictionary<string, Hdf5DataSet> _weights = new(StringComparer.Ordinal);

    /// <param name="path">The file.</param>
    /// <param name="source">What to call it in messages; its path by default.</param>
    /// <exception cref="KerasException">It is damaged, or no file of Keras.</exception>
    public KerasH5(string path, string? source = null)
    {
        _file = new Hdf5File(path, source);
        try
        {
            var root = _file.HasGroup("model_weights") ? "model_weights" : "";
            if (List(root, LayerNames) is { } names) LegacyLayers = ReadLegacy(root, names);
            else ReadPaths();
            Entries = [.. _weights.Where(w => w.Value.Dtype is not null).Select(w => new WeightEntry(w.Key, w.Value.Dtype!.Value, w.Value.Shape))];
            var used = _weights.Values.Where(s => s.Dtype is not null).ToHashSet();
            Skipped = [.. _file.DataSets.Where(s => !used.Contains(s)).Select(s => s.Path)];
            Metadata = ReadMetadata(root);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public IReadOnlyList<WeightEntry> Entries { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IReadOnlyList<string> Skipped { get; }

    /// <summary>What the file is called in messages.</summary>
    public string Source => _file.Source;

    /// <summary>The layers of a file of the older layout, each with the keys of its weights; <see langword="null"/> for Keras 3's layout.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Keys)>? LegacyLayers { get; }

    /// <summary>The whole model as JSON, where an <c>.h5</c> holds one.</summary>
    public string? ModelConfig => _file.Text("", "model_config");

    /// <summary>What Compile was given, where an <c>.h5</c> holds that.</summary>
    public string? TrainingConfig => _file.Text("", "training_config");

    /// <summary>An array that is no weight, by its path in the file.</summary>
    public Tensor? ReadVariable(string path) => _file.Find(path) is { } set ? _file.Read(set) : null;

    public Tensor Read(string name) => _file.Read(_weights[name]);

    /// <summary>The name of the layer that a weight belongs to; <see langword="null"/> where the file does not say, as those of Keras 3.5.</summary>
    /// <param name="weight">The name of its entry.</param>
    public string? LayerOf(string weight)
    {
        if (LegacyLayers is { } layers) return layers.FirstOrDefault(l => l.Keys.Contains(weight, StringComparer.Ordinal)).Name;
        var path = _weights[weight].Path;
        return _file.Text(path[..path.LastIndexOf('/')], "name");
    }

    /// <summary>The state of the optimizer, in Keras's order; empty when the file has none.</summary>
    public IReadOnlyList<Tensor> ReadOptimizer()
    {
        if (List("optimizer_weights", "weight_names") is { } names) return [.. names.Select(n => _file.Read(Find($"optimizer_weights/{n}", "optimizer_weights")))];
        var state = new List<Tensor>();
        while (_file.Find(string.Create(CultureInfo.InvariantCulture, $"{OptimizerGroup}/vars/{state.Count}")) is { } set) state.Add(_file.Read(set));
        return state;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>An attribute that Keras spreads over <c>name0</c>, <c>name1</c> … where it is too long for one.</summary>
    private List<string>? List(string group, string attribute)
    {
        if (!_file.HasGroup(group)) return null;
        if (_file.Texts(group, attribute) is { } whole) return [.. whole];
        var parts = new List<string>();
        for (var i = 0; _file.Texts(group, string.Create(CultureInfo.InvariantCulture, $"{attribute}{i}")) is { } part; i++) parts.AddRange(part);
        return parts.Count > 0 ? parts : null;
    }

    private List<(string Name, IReadOnlyList<string> Keys)> ReadLegacy(string root, IReadOnlyList<string> names)
    {
        if (_file.Text(root, "backend") == "theano") throw Throw.KerasTheano(Source);
        var prefix = root.Length == 0 ? "" : root + "/";
        var layers = new List<(string Name, IReadOnlyList<string> Keys)>();
        foreach (var name in names.Append("top_level_model_weights").Distinct(StringComparer.Ordinal))
        {
            var keys = new List<string>();
            foreach (var weight in List(prefix + name, "weight_names") ?? [])
            {
                var key = $"{name}/{weight}";
                if (!_weights.TryAdd(key, Find(prefix + key, LayerNames))) throw Throw.Hdf5(Source, $"layer '{name}' lists the weight '{weight}' twice");
                keys.Add(key);
            }
            if (keys.Count > 0) layers.Add((name, keys));
        }
        return layers;
    }

    private Hdf5DataSet Find(string path, string list) => _file.Find(path) ?? throw Throw.Hdf5(Source, $"'{path}' is listed in {list} but not in the file");

    /// <summary>Everything called <c>…/vars/0</c>, <c>…/vars/1</c> … that is no state of an optimizer, a metric or a random number.</summary>
    private void ReadPaths()
    {
        foreach (var set in _file.DataSets)
        {
            string[] parts = [.. set.Path.Split('/').Select(p => p == OldContainer ? "layers" : p)];
            // A lookup keeps frequencies there under a name; its vocabulary is an asset.
            var isWeight = parts is (["layers", .., "vars", _] or ["vars", _]) && parts[^1].All(char.IsAsciiDigit);
            if (isWeight && !parts.Intersect(s_states, StringComparer.Ordinal).Any()) _weights[string.Join('/', parts)] = set;
        }
        if (_weights.Count == 0 && !_file.HasGroup("vars") && !_file.HasGroup("layers")) throw Throw.KerasLayout(Source, _file.DataSets.Select(s => s.Path));
    }

    private Dictionary<string, string> ReadMetadata(string root)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "keras_version", "backend" })
        {
            if (_file.Text(root, name) is { } text) metadata[name] = text;
        }
        return metadata;
    }
}
