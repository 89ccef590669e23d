using System.Text.Json.Nodes;
using DeepKeras.Losses;
using DeepKeras.Metrics;
using DeepKeras.Training;

namespace DeepKeras.Serialization;

/// <summary>What <c>Compile</c> was given, as Keras's <c>compile_config</c>: optimizer, losses, metrics and loss weights.</summary>
internal static class CompileConfig
{
    public static JsonObject Write(Model model, Compiled compiled) => new()
    {
        ["optimizer"] = ObjectConfig.Write(compiled.Optimizer),
        ["loss"] = compiled.LossSpec is { } losses ? Losses(model, losses.PerOutput(model)) : null,
        ["loss_weights"] = compiled.LossWeights is { } weights ? new JsonArray([.. weights.PerOutput(model).Select(ConfigWriter.Number)]) : null,
        ["metrics"] = compiled.MetricsSpec is { } metrics ? Metrics(metrics.PerOutput(model)) : null,
        ["weighted_metrics"] = compiled.WeightedMetricsSpec is { } weighted ? Metrics(weighted.PerOutput(model)) : null,
    };

    public static void Apply(Model model, JsonObject config)
    {
        var optimizer = config["optimizer"] is { } node ? ObjectConfig.Read<Optimizer>(node) : null;
        model.Compile(optimizer, ReadLosses(config["loss"]), ReadMetrics(model, config["metrics"]), ReadMetrics(model, config["weighted_metrics"]), ReadWeights(config["loss_weights"]));
    }

    private static JsonNode? Losses(Model model, Loss?[] losses)
    {
        if (Array.Exists(losses, l => l is FunctionLoss)) throw Throw.LossIsCode(model);
        JsonNode?[] written = [.. losses.Select(l => l is null ? null : ObjectConfig.Write(l))];
        return written is [var only] ? only : new JsonArray(written);
    }

    /// <summary>A flat list for one output, one list per output for several.</summary>
    private static JsonArray Metrics(MetricSpec[][] outputs)
    {
        JsonArray[] written = [.. outputs.Select(specs => new JsonArray([.. specs.Select(s => s.Metric is { } metric ? (JsonNode)ObjectConfig.Write(metric) : JsonValue.Create(s.Name!))]))];
        return written is [var only] ? only : new JsonArray(written);
    }

    private static LossSpec? ReadLosses(JsonNode? node) => node switch
    {
        null => null,
        JsonArray list => LossSpec.Create([.. list.Select(l => l is null ? null : ObjectConfig.Read<Loss>(l))]),
        _ => ObjectConfig.Read<Loss>(node),
    };

    private static MetricsSpec? ReadMetrics(Model model, JsonNode? node)
    {
        if (node is not JsonArray list) return null;
        return MetricsSpec.Create(model.Outputs.Count > 1
            ? [.. list.Select(part => MetricSpec.Of((part as JsonArray ?? [part?.DeepClone()]).Select(ReadMetric)))]
            : [.. list.Select(ReadMetric)]);
    }

    private static MetricSpec ReadMetric(JsonNode? node) => node switch
    {
        JsonObject => (MetricSpec)ObjectConfig.Read<Metric>(node),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => (MetricSpec)value.GetValue<string>(),
        _ => throw Throw.ConfigType("compile_config.metrics", "the config or the name of a metric", node ?? "null"),
    };

    private static LossWeights? ReadWeights(JsonNode? node) =>
        node is null ? null : LossWeights.Create((double[])ConfigReader.Read(node, typeof(double[]), "compile_config.loss_weights")!);
}
