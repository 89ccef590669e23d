using System.Runtime.CompilerServices;
using DeepKeras.Serialization;

namespace DeepKeras.Applications.Building;

/// <summary>Under which names PyTorch's weight files hold a network's weights.</summary>
/// <param name="Map">The table between layers and keys.</param>
/// <param name="HeadKeys">Keys of the classifier, which a network without one leaves aside.</param>
internal sealed record WeightNames(StateDictMap Map, IReadOnlyList<string> HeadKeys)
{
    private static readonly ConditionalWeakTable<Model, WeightNames> s_names = [];

    /// <summary>The names of a network of the zoo; null where nothing is known.</summary>
    public static WeightNames? Of(Model model) => s_names.TryGetValue(model, out var names) ? names : null;

    /// <summary>Keeps them as long as the model lives.</summary>
    public void KeepFor(Model model) => s_names.Add(model, this);
}
