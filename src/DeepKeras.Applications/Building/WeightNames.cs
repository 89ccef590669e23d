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

    /// <summary>The named set that was loaded; null for random weights or a file of the user's own.</summary>
    public WeightSet? Set { get; init; }

    /// <summary>The set whose images and classes the network is for: the loaded one, or the first that there is.</summary>
    public WeightSet? Usual => Set ?? (WeightSets.Of(Network) is [var first, ..] ? first : null);

    /// <summary>The names of a network of the zoo; null where nothing is known.</summary>
    public static WeightNames? Of(Model model) => s_names.TryGetValue(model, out var names) ? names : null;

    /// <summary>Keeps them as long as the model lives.</summary>
    public void KeepFor(Model model) => s_names.AddOrUpdate(model, this);

    /// <summary>Loads a file of the whole network; of its classifiers, main and auxiliary, what the model has no layers for is left aside.</summary>
    public WeightReport Load(Model model, string path, bool skipMismatch)
    {
        var keys = model.Layers.Where(l => l.Weights.Count > 0).Select(l => Map.KeyOf(l.Name) + ".").ToList();
        var without = HeadKeys.Where(head => !keys.Exists(key => StateDictMap.Matches(head, key)));
        return model.LoadWeights(path, new StateDictMap(Map.Rules, [.. Map.Ignore, .. without]), skipMismatch);
    }
}
