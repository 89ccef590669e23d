using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepKeras.Serialization;

/// <summary>JSON of Keras 2 in the words of Keras 3: keys that were renamed, said in another form, or given up.</summary>
internal static class KerasLegacyConfig
{
    /// <summary>Keys that a separable or depthwise convolution inherited and never used.</summary>
    private static readonly string[] s_unusedKernelKeys = ["kernel_initializer", "kernel_regularizer", "kernel_constraint"];

    /// <summary>Rewrites the config of a model, layers inside of layers included.</summary>
    public static void Modernize(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Modernize(item);
        }
        if (node is not JsonObject map) return;
        if (Text(map["class_name"]) is { } name && map["config"] is JsonObject config) Modernize(name, config);
        foreach (var (_, value) in map) Modernize(value);
    }

    /// <summary>What Compile was given, in the form of Keras 3's <c>compile_config</c>.</summary>
    public static JsonObject Compile(Model model, JsonObject training)
    {
        Modernize(training);
        return new JsonObject
        {
            ["optimizer"] = training["optimizer_config"]?.DeepClone(),
            ["loss"] = PerOutput(model, training["loss"]),
            ["loss_weights"] = PerOutput(model, training["loss_weights"]),
            ["metrics"] = Metrics(model, training["metrics"]),
            ["weighted_metrics"] = Metrics(model, training["weighted_metrics"]),
        };
    }

    private static void Modernize(string name, JsonObject config)
    {
        if (name != "InputLayer" && config["batch_input_shape"] is JsonArray batch)
        {
            config.Remove("batch_input_shape");
            config["input_shape"] = new JsonArray([.. batch.Skip(1).Select(e => e?.DeepClone())]);
        }
        switch (name)
        {
            case "Functional" or "Model":
                KerasLegacyGraph.Modernize(config);
                break;
            case "BatchNormalization" when config["axis"] is JsonArray { Count: 1 } axis:
                config["axis"] = axis[0]!.DeepClone();
                break;
            case "SeparableConv1D" or "SeparableConv2D" or "DepthwiseConv1D" or "DepthwiseConv2D":
                foreach (var key in s_unusedKernelKeys) config.Remove(key);
                break;
            case "LeakyReLU":
                Rename(config, "alpha", "negative_slope");
                break;
            case "VarianceScaling" when Text(config["distribution"]) == "normal":
                config["distribution"] = "truncated_normal";
                break;
        }
        if (config["reduction"] is { } reduction && Text(reduction) == "auto") config["reduction"] = "sum_over_batch_size";
        Rename(config, "lr", "learning_rate");
    }

    /// <summary>One value for each output where the values stand under the outputs' names.</summary>
    private static JsonNode? PerOutput(Model model, JsonNode? node) =>
        node is JsonObject map && !map.ContainsKey("class_name") ? new JsonArray([.. model.OutputNames.Select(n => map[n]?.DeepClone())]) : node?.DeepClone();

    private static JsonArray? Metrics(Model model, JsonNode? node)
    {
        if (PerOutput(model, node) is not JsonArray list) return null;
        // One output's list may lie in a list of its own.
        if (model.Outputs.Count == 1 && list is [JsonArray inner]) list = inner;
        return new JsonArray([.. list.Select(Metric)]);
    }

    /// <summary>Keras 2 wraps a metric that is a function; the function's name says it all.</summary>
    private static JsonNode? Metric(JsonNode? node) => node switch
    {
        JsonArray list => new JsonArray([.. list.Select(Metric)]),
        JsonObject map when Text(map["class_name"]) == "MeanMetricWrapper" && Text(map["config"]?["fn"]) is { } function => JsonValue.Create(function),
        _ => node?.DeepClone(),
    };

    private static void Rename(JsonObject config, string old, string now)
    {
        if (!config.Remove(old, out var value)) return;
        config[now] = value;
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
