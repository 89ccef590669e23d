using System.Collections;
using System.Runtime.CompilerServices;
using DeepKeras.Losses;

namespace DeepKeras.Training;

/// <summary>The losses of a model: one for all outputs, one per output in order (<c>["mse", "mae"]</c>), or a dictionary by output name.</summary>
[CollectionBuilder(typeof(LossSpec), nameof(Create))]
public sealed class LossSpec : IEnumerable<Loss?>
{
    private readonly Loss?[]? _list;
    private readonly IReadOnlyDictionary<string, Loss>? _named;

    private LossSpec(Loss?[] list) => _list = list;

    private LossSpec(IReadOnlyDictionary<string, Loss> named) => _named = named;

    /// <summary>Builds the list from a collection expression.</summary>
    /// <param name="losses">One entry per output; null where an output is not trained.</param>
    public static LossSpec Create(ReadOnlySpan<Loss?> losses) => new(losses.ToArray());

    /// <inheritdoc/>
    public IEnumerator<Loss?> GetEnumerator() => ((IEnumerable<Loss?>)(_list ?? [.. _named!.Values])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One loss (or null) per output of the model.</summary>
    internal Loss?[] PerOutput(Model model)
    {
        var names = model.OutputNames;
        if (_named is not null)
        {
            if (_named.Keys.FirstOrDefault(k => !names.Contains(k, StringComparer.Ordinal)) is { } stranger) throw Throw.UnknownOutput(model, "loss", stranger);
            return [.. names.Select(n => _named.GetValueOrDefault(n))];
        }
        if (_list!.Length == 1 && names.Count > 1) return [.. names.Select(_ => _list[0])];
        return _list.Length == names.Count ? _list : throw Throw.LossCount(model, names.Count, _list.Length);
    }

    /// <summary>A loss by its name.</summary>
    public static implicit operator LossSpec(string name) => new([name]);

    /// <summary>One loss for every output.</summary>
    public static implicit operator LossSpec(Loss loss) => new([loss]);

    /// <summary>One loss per output.</summary>
    public static implicit operator LossSpec(string[] names) => new([.. names.Select(n => (Loss)n)]);

    /// <summary>Losses by output name.</summary>
    public static implicit operator LossSpec(Dictionary<string, Loss> named) => new(named);

    /// <summary>Losses by output name.</summary>
    public static implicit operator LossSpec(Dictionary<string, string> named) => new(named.ToDictionary(p => p.Key, p => (Loss)p.Value, StringComparer.Ordinal));

    /// <summary>A function of targets and predictions that gives one value per sample.</summary>
    public static implicit operator LossSpec(Func<Tensor, Tensor, Tensor> function) => new([new FunctionLoss(function)]);
}
