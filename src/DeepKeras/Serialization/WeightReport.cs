using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>What a weight file and a model have in common.</summary>
/// <param name="Loaded">Keys whose values went into the model.</param>
/// <param name="Missing">Weights of the model that the file lacks, with their shapes.</param>
/// <param name="Unexpected">Tensors of the file that the model lacks, with their shapes.</param>
/// <param name="Mismatching">Keys whose shapes differ: key, shape in the model, shape in the file.</param>
public sealed record WeightReport(
    IReadOnlyList<string> Loaded,
    IReadOnlyList<(string Key, Shape Shape)> Missing,
    IReadOnlyList<(string Key, Shape Shape)> Unexpected,
    IReadOnlyList<(string Key, Shape Expected, Shape Found)> Mismatching)
{
    /// <summary>Layers with weights that no rule of the <see cref="StateDictMap"/> matches; empty for files that need no map.</summary>
    public IReadOnlyList<string> Unmatched { get; init; } = [];

    /// <summary>Whether every weight was found in its shape and nothing was left over.</summary>
    public bool IsComplete => Missing.Count + Unexpected.Count + Mismatching.Count + Unmatched.Count == 0;

    internal static WeightReport Compare(IReadOnlyDictionary<string, Weight> model, IReadOnlyList<WeightEntry> file)
    {
        var found = file.ToDictionary(e => e.Name, e => e.Shape, StringComparer.Ordinal);
        return new WeightReport(
            [.. model.Where(w => found.TryGetValue(w.Key, out var shape) && shape == w.Value.Shape).Select(w => w.Key)],
            [.. model.Where(w => !found.ContainsKey(w.Key)).Select(w => (w.Key, w.Value.Shape))],
            [.. file.Where(e => !model.ContainsKey(e.Name)).Select(e => (e.Name, e.Shape))],
            [.. model.Where(w => found.TryGetValue(w.Key, out var shape) && shape != w.Value.Shape).Select(w => (w.Key, w.Value.Shape, found[w.Key]))]);
    }

    /// <summary>One line per difference.</summary>
    public override string ToString() => string.Join(
        '\n',
        [
            .. Unmatched.Select(l => $"  layer '{l}': no rule of the map matches it"),
            .. Mismatching.Select(m => $"  {m.Key}: the model has {m.Expected}, the file {m.Found}"),
            .. Missing.Select(m => $"  {m.Key} {m.Shape}: not in the file"),
            .. Unexpected.Select(u => $"  {u.Key} {u.Shape}: not in the model"),
        ]);
}
