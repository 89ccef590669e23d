using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// Every weight of a model with the key it has in files: layer name and weight name (<c>dense/kernel</c>), with the names of nested models and wrapped
/// layers in front (<c>encoder/dense/kernel</c>). A weight that is reached twice is listed once.
/// </summary>
internal static class WeightTable
{
    public static IReadOnlyList<(string Key, Weight Weight)> Of(Model model)
    {
        if (!model.IsBuilt) throw Throw.NotBuilt(model);
        var table = new List<(string Key, Weight Weight)>();
        var seen = new HashSet<Weight>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in model.Sublayers) Walk(layer, "");
        return table;

        void Walk(Layer layer, string prefix)
        {
            var path = $"{prefix}{layer.Name}/";
            foreach (var weight in layer.Weights.Where(w => ReferenceEquals(w.Owner, layer)))
            {
                if (!seen.Add(weight)) continue;
                var key = path + weight.Name;
                // Wrapped layers may bear one name; the second gets a number, as Keras numbers names.
                for (var n = 1; !keys.Add(key); n++) key = $"{path}{weight.Name}_{n}";
                table.Add((key, weight));
            }
            foreach (var inner in layer.Sublayers) Walk(inner, path);
        }
    }

    /// <summary>The weights as tensors to write, each copied only when its turn comes.</summary>
    public static List<TensorSource> Sources(Model model) =>
        [.. Of(model).Select(e => new TensorSource(e.Key, e.Weight.Native.dtype, e.Weight.Shape.ToArray(), e.Weight.ToTensor))];

    /// <summary>Reads a whole file and then overwrites the weights, so that a file that breaks off changes nothing.</summary>
    public static WeightReport Load(Model model, IWeightReader file, bool skipMismatch, string source)
    {
        var table = Of(model).ToDictionary(e => e.Key, e => e.Weight, StringComparer.Ordinal);
        var report = WeightReport.Compare(table, file.Entries);
        if (!skipMismatch && !report.IsComplete) throw Throw.WeightMismatch(source, model, report);
        using var scope = torch.NewDisposeScope();
        var loaded = report.Loaded.ToHashSet(StringComparer.Ordinal);
        // A truncated stream must be noticed before the first weight changes.
        var values = file.Entries.Where(e => loaded.Contains(e.Name)).Select(e => (Weight: table[e.Name], Value: file.Read(e.Name))).ToList();
        foreach (var (weight, value) in values) weight.Assign(value);
        return report;
    }
}
