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

    /// <summary>The weights of all layers.</summary>
    public IEnumerable<(string Path, Weight Weight)> Weights => _layers.SelectMany(l => Own(l.Layer).Select((w, i) => (string.Create(CultureInfo.InvariantCulture, $"{l.Path}vars/{i}"), w)));

    private static IEnumerable<Weight> Own(Layer layer) => layer.Weights.Where(w => ReferenceEquals(w.Owner, layer));

    private void Add(Layer layer, string path)
    {
        if (!_seen.Add(layer)) return;
        _layers.Add((path, layer));
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var inner in layer.Sublayers)
        {
            var name = Naming.ToSnakeCase(ModelConfig.ClassName(inner));
            var count = used[name] = used.GetValueOrDefault(name, -1) + 1;
            Add(inner, count == 0 ? $"{path}layers/{name}/" : string.Create(CultureInfo.InvariantCulture, $"{path}layers/{name}_{count}/"));
        }
    }
}
