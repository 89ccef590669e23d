using System.Collections;
using System.Runtime.CompilerServices;

namespace DeepKeras.Training;

/// <summary>How much each output's loss counts: one factor per output in order (<c>[1, 0.3]</c>), or a dictionary by output name.</summary>
[CollectionBuilder(typeof(LossWeights), nameof(Create))]
public sealed class LossWeights : IEnumerable<double>
{
    private readonly double[]? _list;
    private readonly IReadOnlyDictionary<string, double>? _named;

    private LossWeights(double[] list) => _list = list;

    private LossWeights(IReadOnlyDictionary<string, double> named) => _named = named;

    /// <summary>Builds the list from a collection expression.</summary>
    /// <param name="weights">One factor per output.</param>
    public static LossWeights Create(ReadOnlySpan<double> weights) => new(weights.ToArray());

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)(_list ?? [.. _named!.Values])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal double[] PerOutput(Model model)
    {
        var names = model.OutputNames;
        if (_named is not null)
        {
            if (_named.Keys.FirstOrDefault(k => !names.Contains(k, StringComparer.Ordinal)) is { } stranger) throw Throw.UnknownOutput(model, "lossWeights", stranger);
            return [.. names.Select(n => _named.GetValueOrDefault(n, 1))];
        }
        return _list!.Length == names.Count ? _list : throw Throw.LossCount(model, names.Count, _list.Length);
    }

    /// <summary>One factor per output.</summary>
    public static implicit operator LossWeights(double[] weights) => new(weights);

    /// <summary>Factors by output name; 1 where one is missing.</summary>
    public static implicit operator LossWeights(Dictionary<string, double> named) => new(named);
}
