using System.Globalization;
using DeepKeras.Metrics;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException MetricArgument(string metric, string argument, string expected, object? received, string fix) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Metric {metric}: {argument} must be {expected} but was {received ?? "null"}. {fix}"));

    public static KerasException MetricShape(Metric metric, string output, Shape expected, Shape received, string fix) =>
        new($"Metric '{metric.Name}' of output '{output}' expects targets of shape {expected} but received {received}. {fix}");

    public static KerasException MetricLoss(Metric metric, KerasException misfit) =>
        new($"Metric '{metric.Name}' does not fit: {misfit.Message}", misfit);

    public static KerasException MetricInput(Metric metric, string expected, string received, string fix) =>
        new($"Metric '{metric.Name}' ({metric.GetType().Name}) expects {expected} but received {received}. {fix}");
}
