using System.Runtime.CompilerServices;
using DeepKeras.Applications.Pretrained;
using DeepKeras.Serialization;

namespace DeepKeras.Applications.Building;

/// <summary>Under which names PyTorch's weight files hold a network's weights, and which set it has.</summary>
/// <param name="Map">The table between layers and keys.</param>
/// <param name="HeadKeys">Keys of the classifier, which a network without one leaves aside.</param>
internal sealed record WeightNames(StateDictMap Map, IReadOnlyList<string> HeadKeys)
{
    private static readonly ConditionalWeakTable<Model, WeightNames> s_names = [];

    /// <summary>The network's name in <see cref="Zoo.ListModels"/>.</summary>
    public string Network { get; init; } = "";

    /// <summary>The published set that was loaded; null for random weights or a file of the user's own.</summary>
    public WeightSet? Set { get; init; }

    /// <summary>The names of a network of the zoo; null where nothing is known.</summary>
    public static WeightNames? Of(Model model) => s_names.TryGetValue(model, out var names) ? names : null;

    /// <summary>Keeps them as long as the model lives.</summary>
    public void KeepFor(Model model) => s_names.AddOrUpdate(model, this);

    /// <summary>Loads a file of the whole network; what belongs to its classifier is left aside where the model has none.</summary>
    public WeightReport Load(Model model, string path, bool skipMismatch)
    {
        var hasHead = model.Layers.Any(l => l.Weights.Count > 0 && Map.KeyOf(l.Name) is { } key && HeadKeys.Any(h => StateDictMap.Matches(h, key + ".weight")));
        return model.LoadWeights(path, hasHead ? Map : new StateDictMap(Map.Rules, [.. Map.Ignore, .. HeadKeys]), skipMismatch);
    }
}
