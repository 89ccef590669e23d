using System.Globalization;

namespace DeepKeras.Serialization;

/// <summary>The tensors of a pickled object, found within nested dicts and lists, with one name each.</summary>
internal sealed class TensorTree
{
    private const int MostLevels = 32;

    /// <summary>A pickle may hold one list many times inside of itself; what it unfolds to stays bounded.</summary>
    private const int MostValues = 1_000_000;

    private const string ParallelPrefix = "module.";
    private static readonly string[] s_wrappers = ["state_dict", "model_state_dict", "model"];
    private readonly string _source;
    private readonly List<(string Name, PickleTensor Tensor)> _tensors = [];
    private readonly List<string> _skipped = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private int _values;

    private TensorTree(string source) => _source = source;

    public IReadOnlyList<(string Name, PickleTensor Tensor)> Tensors => _tensors;

    public IReadOnlyList<string> Skipped => _skipped;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    public static TensorTree Of(object? root, string source)
    {
        var tree = new TensorTree(source);
        tree.Walk("", tree.Unwrap(root), 0);
        if (tree._tensors.Count == 0) throw Throw.PyTorchFile(source, "there is no tensor in it");
        tree.StripParallelPrefix();
        if (tree._tensors.GroupBy(t => t.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice) throw Throw.PyTorchFile(source, $"two tensors bear the key '{twice.Key}'");
        return tree;
    }

    /// <summary>A checkpoint such as <c>{"state_dict": {…}, "epoch": 3, "optimizer": {…}}</c>: the state dict is the content, the rest stands beside it.</summary>
    private object? Unwrap(object? root)
    {
        for (var level = 0; level < MostLevels; level++)
        {
            if (root is not PickleDictionary dictionary || dictionary.Items.Exists(i => i.Value is PickleTensor)) break;
            var inner = dictionary.Items.Where(i => i is (string key, PickleDictionary) && s_wrappers.Contains(key, StringComparer.Ordinal)).ToList();
            if (inner is not [var only]) break;
            foreach (var (key, value) in dictionary.Items.Where(i => !ReferenceEquals(i.Value, only.Value))) Skip(Name(key), value);
            root = only.Value;
        }
        return root;
    }

    private void Walk(string name, object? value, int level)
    {
        if (level > MostLevels) throw Throw.PyTorchFile(_source, $"its containers are nested more than {MostLevels} deep");
        if (++_values > MostValues) throw Throw.PyTorchFile(_source, $"its containers unfold to more than {MostValues} values");
        switch (value)
        {
            case PickleTensor tensor:
                _tensors.Add((name.Length == 0 ? "tensor" : name, tensor));
                break;
            case PickleDictionary dictionary:
                foreach (var (key, item) in dictionary.Items) Walk(Join(name, Name(key)), item, level + 1);
                break;
            case IReadOnlyList<object?> items and (List<object?> or object?[]):
                for (var i = 0; i < items.Count; i++) Walk(Join(name, i.ToString(CultureInfo.InvariantCulture)), items[i], level + 1);
                break;
            default:
                Skip(name, value);
                break;
        }
    }

    private void Skip(string name, object? value)
    {
        _skipped.Add(name);
        if (value is string or long or double or bool) _metadata.TryAdd(name, Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }

    /// <summary>Training on several devices puts the network into a field <c>module</c>.</summary>
    private void StripParallelPrefix()
    {
        if (!_tensors.TrueForAll(t => t.Name.Length > ParallelPrefix.Length && t.Name.StartsWith(ParallelPrefix, StringComparison.Ordinal))) return;
        for (var i = 0; i < _tensors.Count; i++) _tensors[i] = (_tensors[i].Name[ParallelPrefix.Length..], _tensors[i].Tensor);
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private string Name(object? key) => key switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw Throw.PyTorchFile(_source, "a dict has a key that is neither a text nor a whole number"),
    };
}
