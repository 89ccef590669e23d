using System.Collections;
using System.Runtime.CompilerServices;

namespace DeepKeras.Training;

/// <summary>The metrics of a model: a list (<c>["accuracy"]</c>); for several outputs one entry per output, or a dictionary by output name.</summary>
[CollectionBuilder(typeof(MetricsSpec), nameof(Create))]
public sealed class MetricsSpec : IEnumerable<MetricSpec>
{
    private readonly MetricSpec[]? _list;
    private readonly IReadOnlyDictionary<string, MetricSpec>? _named;

    private MetricsSpec(MetricSpec[] list) => _list = list;

    private MetricsSpec(IReadOnlyDictionary<string, MetricSpec> named) => _named = named;

    /// <summary>Builds the list from a collection expression.</summary>
    /// <param name="metrics">Metrics, or one entry per output.</param>
    public static MetricsSpec Create(ReadOnlySpan<MetricSpec> metrics) => new(metrics.ToArray());

    /// <inheritdoc/>
    public IEnumerator<MetricSpec> GetEnumerator() => ((IEnumerable<MetricSpec>)(_list ?? [.. _named!.Values])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The metrics of each output of the model.</summary>
    internal MetricSpec[][] PerOutput(Model model)
    {
        var names = model.OutputNames;
        if (_named is not null)
        {
            if (_named.Keys.FirstOrDefault(k => !names.Contains(k, StringComparer.Ordinal)) is { } stranger) throw Throw.UnknownOutput(model, "metrics", stranger);
            return [.. names.Select(n => _named.TryGetValue(n, out var spec) ? spec.Group ?? [spec] : [])];
        }
        if (names.Count == 1) return [[.. _list!.SelectMany(m => m.Group ?? [m])]];
        if (_list!.Length == names.Count) return [.. _list.Select(m => m.Group ?? [m])];
        return _list.Length == 0 ? [.. names.Select(_ => Array.Empty<MetricSpec>())] : throw Throw.MetricCount(model, names.Count, _list.Length);
    }

    /// <summary>One metric by name.</summary>
    public static implicit operator MetricsSpec(string name) => new([name]);

    /// <summary>One metric.</summary>
    public static implicit operator MetricsSpec(Metrics.Metric metric) => new([metric]);

    /// <summary>Metrics by name.</summary>
    public static implicit operator MetricsSpec(string[] names) => new([.. names.Select(n => (MetricSpec)n)]);

    /// <summary>Metrics by output name.</summary>
    public static implicit operator MetricsSpec(Dictionary<string, MetricSpec> named) => new(named);
}
