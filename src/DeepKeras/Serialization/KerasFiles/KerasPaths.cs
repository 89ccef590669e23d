using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// Where Keras 3 keeps the weights of a model: <c>layers/conv2d_1/vars/0</c>, the second convolution among the layers, its first weight. The layers'
/// own names do not count; a nested model's layers follow behind its class, <c>layers/functional/layers/dense/vars/0</c>; a shared layer stands where it comes first.
/// </summary>
internal sealed class KerasPaths
{
    private readonly List<(string Path, Layer Layer)> _layers = [];
    private readonly HashSet<Layer> _seen = [];

    public KerasPaths(Model model)
    {
        if (!model.IsBuilt) throw Throw.NotBuilt(model);
        Add(model, "");
    }

    /// <summary>The groups of all layers, the model first, outer ones before inner ones.</summary>
    public IReadOnlyList<(string Path, Layer Layer)> Layers => _layers;

    /// <summary>The weights of all layers. A weight that Keras stores for two layers comes twice.</summary>
    public IEnumerable<(string Path, Weight Weight)> Weights => _layers.SelectMany(l => Own(l.Layer).Select(v => (l.Path + v.Path, v.Weight)));

    /// <summary>A list of layers as Keras names its members: by class, with a number from the second of a class on.</summary>
    public static IEnumerable<(string Group, Layer Layer)> Numbered(string list, IReadOnlyList<Layer> layers)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var inner in layers)
        {
            var name = inner is Model ? Naming.ToSnakeCase(ModelConfig.ClassName(inner)) : Naming.ClassInSnakeCase(inner.GetType());
            var count = used[name] = used.GetValueOrDefault(name, -1) + 1;
            yield return (count == 0 ? $"{list}/{name}" : string.Create(CultureInfo.InvariantCulture, $"{list}/{name}_{count}"), inner);
        }
    }

    private static IEnumerable<(string Path, Weight Weight)> Own(Layer layer) => layer is IKerasVariables { Variables: var variables } ? variables
        : layer.Weights.Where(w => ReferenceEquals(w.Owner, layer) && !w.IsChangeOfAnother).Select((w, i) => (string.Create(CultureInfo.InvariantCulture, $"vars/{i}"), w));

    private void Add(Layer layer, string path)
    {
        if (!_seen.Add(layer)) return;
        _layers.Add((path, layer));
        foreach (var (group, inner) in layer is IKerasParts named ? named.Parts : Numbered("layers", [.. layer.Sublayers.Select(ICallVariant.Named).Distinct()])) Add(inner, $"{path}{group}/");
    }
}
