using DeepKeras.Files;
using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>The weights of a model in Keras's HDF5 files.</summary>
internal static class KerasWeights
{
    /// <summary>The ending that Keras 3 asks for.</summary>
    public const string Ending = ".weights.h5";

    public static void Save(Model model, string path) => AtomicFile.WriteAt(path, temporary => Write(model, temporary, null));

    /// <summary>Writes Keras 3's layout into a new file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">A name that is overwritten.</param>
    /// <param name="optimizer">The optimizer's state in Keras's order; none for weights alone.</param>
    public static void Write(Model model, string path, IReadOnlyList<Tensor>? optimizer)
    {
        var paths = new KerasPaths(model);
        using var file = new Hdf5Writer(path);
        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (prefix, layer) in paths.Layers)
        {
            AddGroups(prefix + "vars");
            file.AddText(prefix + "vars", "name", layer.Name);
        }
        foreach (var (key, weight) in paths.Weights)
        {
            AddGroups(key[..key.LastIndexOf('/')]);
            Add(key, weight.ToMergedTensor);
        }
        foreach (var (prefix, layer) in paths.Layers)
        {
            if (layer is IntegerLookup lookup && lookup.OutputMode == OutputMode.TfIdf) Add(prefix + KerasAssets.Frequencies, lookup.Frequencies);
        }
        if (optimizer is not null)
        {
            AddState("optimizer/vars", optimizer);
            // Keras looks there for the inner optimizer's state, too.
            if (model.Optimizer is LossScaleOptimizer) AddState("optimizer/inner_optimizer/vars", [.. optimizer.Skip(KerasOptimizerState.OwnOfLossScale)]);
        }
        file.Close();

        void AddGroups(string group)
        {
            for (var slash = group.IndexOf('/', StringComparison.Ordinal); ; slash = group.IndexOf('/', slash + 1))
            {
                var part = slash < 0 ? group : group[..slash];
                if (groups.Add(part)) file.AddGroup(part);
                if (slash < 0) return;
            }
        }

        void AddState(string group, IReadOnlyList<Tensor> state)
        {
            AddGroups(group);
            for (var i = 0; i < state.Count; i++) file.Add($"{group}/{i}", state[i]);
        }

        void Add(string key, Func<Tensor> values)
        {
            using var tensor = values();
            file.Add(key, tensor);
        }
    }

    /// <summary>Reads everything and then overwrites the weights, so that a file that breaks off changes nothing.</summary>
    /// <param name="model">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="skipMismatch">Whether to load what fits and leave the rest.</param>
    /// <param name="ignores">Whether the model does without a layer of the file, by its name; it does without none where null.</param>
    public static WeightReport Load(Model model, KerasH5 file, bool skipMismatch, Predicate<string>? ignores = null)
    {
        var table = WeightTable.Of(model).Where(e => !e.Weight.IsChangeOfAnother).ToList();
        var shapes = file.Entries.ToDictionary(e => e.Name, e => e.Shape, StringComparer.Ordinal);
        var places = file.LegacyLayers is null ? new KerasPaths(model).Weights.Where(w => shapes.ContainsKey(w.Path)).ToList() : [];
        var pairs = file.LegacyLayers is null ? places.DistinctBy(w => w.Weight).ToDictionary(w => w.Weight, w => w.Path) : KerasLegacyLayers.Match(model, file);
        var fits = table.Where(e => pairs.TryGetValue(e.Weight, out var key) && shapes[key] == e.Weight.Shape).ToList();
        var used = pairs.Values.Concat(places.Select(w => w.Path)).ToHashSet(StringComparer.Ordinal);
        var report = new WeightReport(
            [.. fits.Select(e => e.Key)],
            [.. table.Where(e => !pairs.ContainsKey(e.Weight)).Select(e => (e.Key, e.Weight.Shape))],
            [.. file.Entries.Where(e => !used.Contains(e.Name) && !(ignores is not null && file.LayerOf(e.Name) is { } layer && ignores(layer))).Select(e => (e.Name, e.Shape))],
            [.. table.Where(e => pairs.ContainsKey(e.Weight)).Except(fits).Select(e => (e.Key, e.Weight.Shape, shapes[pairs[e.Weight]]))]);
        if (!skipMismatch && !report.IsComplete) throw Throw.WeightMismatch(file.Source, model, report);
        using var scope = torch.NewDisposeScope();
        var values = fits.Select(e => (e.Weight, Value: file.Read(pairs[e.Weight]))).ToList();
        foreach (var (weight, value) in values) weight.AssignMerged(value);
        return report;
    }
}
