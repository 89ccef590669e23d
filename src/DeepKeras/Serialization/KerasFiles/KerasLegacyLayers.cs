using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// Which weight of a model belongs to which entry of a file in Keras's older layout. Layers go by their names where all of them are in the file; else in the order
/// of the layers, as Keras itself does it, where their number and every shape agree; else by those names that agree.
/// </summary>
internal static class KerasLegacyLayers
{
    public static Dictionary<Weight, string> Match(Model model, KerasH5 file)
    {
        var shapes = file.Entries.ToDictionary(e => e.Name, e => e.Shape, StringComparer.Ordinal);
        List<(string Name, IReadOnlyList<Weight> Weights)> layers = [.. model.Layers.Select(l => (l.Name, Ordered(l))).Where(l => l.Item2.Count > 0)];
        var stored = file.LegacyLayers!.ToDictionary(l => l.Name, l => l.Keys, StringComparer.Ordinal);
        if (!layers.TrueForAll(l => stored.ContainsKey(l.Name)) && InOrder() is { } byOrder) return byOrder;
        var pairs = new Dictionary<Weight, string>();
        foreach (var (name, weights) in layers)
        {
            if (stored.TryGetValue(name, out var keys)) Pair(weights, keys, pairs);
        }
        return pairs;

        Dictionary<Weight, string>? InOrder()
        {
            if (layers.Count != file.LegacyLayers!.Count) return null;
            var found = new Dictionary<Weight, string>();
            for (var i = 0; i < layers.Count; i++)
            {
                if (layers[i].Weights.Count != file.LegacyLayers[i].Keys.Count) return null;
                Pair(layers[i].Weights, file.LegacyLayers[i].Keys, found);
            }
            return found.All(p => shapes.TryGetValue(p.Value, out var shape) && shape == p.Key.Shape) ? found : null;
        }
    }

    /// <summary>The order in which Keras has always listed a layer's weights here: all trainable ones, also of layers inside, before all others.</summary>
    private static IReadOnlyList<Weight> Ordered(Layer layer)
    {
        var weights = layer.Weights;
        return [.. weights.Where(w => w.IsTrained), .. weights.Where(w => !w.IsTrained)];
    }

    /// <summary>A nested model goes by the names of its layers where the file has them all. Where the numbers differ (a bias too many), names say what fits.</summary>
    private static void Pair(IReadOnlyList<Weight> weights, IReadOnlyList<string> keys, Dictionary<Weight, string> pairs)
    {
        var isNested = weights.Select(w => w.Owner).Distinct().Skip(1).Any();
        var byName = weights.Select(w => ByName(w, keys, isNested)).ToArray();
        var useNames = weights.Count != keys.Count || (isNested && Array.TrueForAll(byName, k => k is not null) && byName.Distinct(StringComparer.Ordinal).Count() == keys.Count);
        for (var i = 0; i < weights.Count; i++)
        {
            if ((useNames ? byName[i] : keys[i]) is { } key) pairs[weights[i]] = key;
        }
    }

    /// <summary>The only key that ends in the weight's name: <c>conv1/conv1/kernel:0</c> for <c>kernel</c>, with the layer's name in front inside of models.</summary>
    private static string? ByName(Weight weight, IReadOnlyList<string> keys, bool isNested)
    {
        var ending = "/" + (isNested ? weight.Path : weight.Name);
        string[] found = [.. keys.Where(k => (k.EndsWith(":0", StringComparison.Ordinal) ? k[..^2] : k).EndsWith(ending, StringComparison.Ordinal))];
        return found is [var only] ? only : null;
    }
}
