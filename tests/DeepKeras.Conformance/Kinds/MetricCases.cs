using DeepKeras.Metrics;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Metrics over one or several updates.</summary>
internal static class MetricCases
{
    public static string? Class(Case @case)
    {
        var metric = KerasObjects.Create<Metric>(@case.Name, @case.Config);
        foreach (var update in @case.Inputs.GetProperty("updates").EnumerateArray())
        {
            var weight = Read(update, "sample_weight");
            // Mean and Sum follow one value; it takes the predictions' place.
            var prediction = Read(update, "y_pred") ?? Read(update, "values") ?? throw new NotCoveredException("an update without y_pred or values");
            metric.Update(Read(update, "y_true") ?? prediction, prediction, weight);
        }
        return @case.CompareNumbers(JsonTensors.Numbers(metric.Result()));
    }

    public static string? Function(Case @case)
    {
        var metric = KerasObjects.Create<Metric>(@case.Name, @case.Config);
        metric.Update(@case.Input("y_true")!, @case.Input("y_pred")!);
        return @case.CompareNumbers(JsonTensors.Numbers(metric.Result()));
    }

    private static Tensor? Read(JsonElement update, string name) =>
        Case.Property(update, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value ? JsonTensors.Read(value) : null;
}
