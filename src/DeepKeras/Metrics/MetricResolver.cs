using DeepKeras.Losses;
using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>Finds the metric that a string means. It keeps the string as its name, as in Keras: "acc" stays "acc", "mse" stays "mse".</summary>
internal static class MetricResolver
{
    /// <summary>The metric of that name for targets and an output of these shapes (with the batch axis).</summary>
    /// <exception cref="KerasException">There is no such metric or loss; the message lists the nearest names.</exception>
    public static Metric Resolve(string name, Shape yTrue, Shape yPred) => Resolve(Resolve(name), yTrue, yPred);

    /// <summary>The metric itself, or for one that depends on shapes the one chosen for them.</summary>
    public static Metric Resolve(Metric metric, Shape yTrue, Shape yPred) => metric is MetricByShape deferred ? deferred.Choose(yTrue, yPred) : metric;

    /// <summary>The metric of that name; "accuracy" and "crossentropy" choose when they see a batch.</summary>
    public static Metric Resolve(string name)
    {
        var lower = name?.ToLowerInvariant();
        if (lower is "accuracy" or "acc" or "crossentropy" or "ce") return new MetricByShape(name!, lower is "accuracy" or "acc");
        if (name is not null && !Catalog<Metric>.Names.Contains(name, StringComparer.Ordinal))
        {
            if (!Catalog<Loss>.Names.Contains(name, StringComparer.Ordinal)) throw Throw.UnknownName("metric", name, Catalog<Metric>.Names.Concat(Catalog<Loss>.Names).Append("accuracy"));
            return new LossMetric(name, name);
        }
        var metric = Catalog<Metric>.Create("metric", name!);
        metric.Name = name!;
        return metric;
    }
}
