using DeepKeras.Metrics;

namespace DeepKeras.Training;

/// <summary>One metric as the user writes it: a name (<c>"accuracy"</c>) or an object; or the metrics of one output of several.</summary>
public sealed class MetricSpec
{
    private MetricSpec(string name) => Name = name;

    private MetricSpec(Metric metric) => Metric = metric;

    private MetricSpec(MetricSpec[] group) => Group = group;

    /// <summary>The name, resolved when the shapes are known.</summary>
    public string? Name { get; }

    /// <summary>The object.</summary>
    public Metric? Metric { get; }

    internal MetricSpec[]? Group { get; }

    /// <summary>The metrics of one output, names and objects mixed.</summary>
    internal static MetricSpec Of(IEnumerable<MetricSpec> group) => new([.. group]);

    /// <summary>A metric by name.</summary>
    public static implicit operator MetricSpec(string name) => new(name);

    /// <summary>A metric object.</summary>
    public static implicit operator MetricSpec(Metric metric) => new(metric);

    /// <summary>The metrics of one output, by name.</summary>
    public static implicit operator MetricSpec(string[] names) => new([.. names.Select(n => new MetricSpec(n))]);

    /// <summary>The metrics of one output.</summary>
    public static implicit operator MetricSpec(Metric[] metrics) => new([.. metrics.Select(m => new MetricSpec(m))]);
}
