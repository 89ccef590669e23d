using DeepKeras.Data;
using DeepKeras.Layers;
using DeepKeras.Losses;
using DeepKeras.Training;
using static DeepKeras.Keras;

namespace DeepKeras.Conformance.Kinds;

/// <summary>
/// Losses and metrics of several outputs. A model that hands its inputs through stands in for the network, so that the
/// predictions of the case come out of it; nested structures become its outputs in order.
/// </summary>
internal static class CompileCases
{
    private sealed record Leaf(string? Key, JsonElement Json);

    public static string? Loss(Case @case)
    {
        var predictions = @case.Inputs.GetProperty("y_pred");
        var leaves = Flatten(predictions, null).ToList();
        var names = OutputNames(@case, predictions, leaves);
        var losses = Spread(InOrder(@case, Ordered(@case, @case.Config.GetProperty("loss"), predictions), predictions), predictions).ToList();
        var model = Through(leaves, names);
        model.Compile(new SGD(), LossSpec.Create([.. losses.Select(l => l.ValueKind == JsonValueKind.Null ? null : (Loss)KerasObjects.FromJson(typeof(Loss), l))]));
        var targets = Targets(@case.Inputs.GetProperty("y_true"), leaves, losses);
        var weights = Case.Property(@case.Inputs, "sample_weight") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } given ? Named(names, PerOutput(given, leaves.Count)) : null;
        var score = model.TestOnBatch(Listed([.. leaves.Select(l => JsonTensors.Read(l.Json))]), Listed(targets), weights);
        return @case.CompareNumbers([score.Loss]);
    }

    public static string? Metrics(Case @case)
    {
        JsonElement[] updates = [.. @case.Inputs.GetProperty("updates").EnumerateArray()];
        var predictions = updates[0].GetProperty("y_pred");
        var leaves = Flatten(predictions, null).ToList();
        var names = OutputNames(@case, predictions, leaves);
        var model = Through(leaves, names);
        model.Compile(new SGD(), KerasObjects.Create<Loss>("MeanSquaredError", default), Spec(@case, "metrics", predictions), Spec(@case, "weighted_metrics", predictions));
        var x = Joined(updates, "y_pred", leaves.Count);
        var score = model.Evaluate(
            Listed(x),
            Listed(Joined([.. updates.Select(u => JsonSerializer.SerializeToElement(new { y_true = InOrder(@case, u.GetProperty("y_true"), predictions) }))], "y_true", leaves.Count)),
            batchSize: (int)(x[0].shape[0] / updates.Length),
            verbose: 0,
            sampleWeight: Array.TrueForAll(updates, u => u.TryGetProperty("sample_weight", out var w) && w.ValueKind != JsonValueKind.Null) ? Named(names, Joined(updates, "sample_weight", leaves.Count)) : null);
        var wanted = @case.Target.GetProperty("key").GetString()!;
        // Where the reference had no names for its outputs, the first output's figure is meant.
        var key = new[] { wanted }.Concat(names.Select(n => $"{n}_{wanted}")).FirstOrDefault(k => score.Names.Contains(k, StringComparer.Ordinal));
        return key is null ? $"evaluate gives {string.Join(", ", score.Names)} but not {wanted}" : @case.CompareNumbers([score[key]]);
    }

    private static Model Through(List<Leaf> leaves, string[] names)
    {
        KerasTensor[] inputs = [.. leaves.Select(l => Input(new Shape(JsonTensors.ShapeOf(l.Json)[1..])))];
        KerasTensor[] outputs = [.. inputs.Select((t, i) => new Activation("linear", name: names[i]).Apply(t))];
        return new Model(inputs, outputs);
    }

    private static string[] OutputNames(Case @case, JsonElement predictions, List<Leaf> leaves)
    {
        string[]? given = Case.Property(@case.Config, "output_names") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(n => n.GetString()!)] : null;
        var isFlat = predictions.ValueKind == JsonValueKind.Object && !JsonTensors.IsTensor(predictions) && predictions.EnumerateObject().All(p => JsonTensors.IsTensor(p.Value));
        if (isFlat) return [.. leaves.Select(l => l.Key!)];
        return given is { } names && names.Length == leaves.Count ? names : [.. leaves.Select((_, i) => $"out{i}")];
    }

    /// <summary>A list of losses for outputs that have names goes by the order of the names.</summary>
    private static JsonElement Ordered(Case @case, JsonElement losses, JsonElement predictions)
    {
        if (losses.ValueKind != JsonValueKind.Array || predictions.ValueKind != JsonValueKind.Object || JsonTensors.IsTensor(predictions)) return losses;
        var names = @case.Config.GetProperty("output_names").EnumerateArray().Select(n => n.GetString()!).ToList();
        return JsonSerializer.SerializeToElement(names.Zip(losses.EnumerateArray()).ToDictionary(p => p.First, p => p.Second));
    }

    /// <summary>What is given by name for outputs that come as a list goes by the order of the names.</summary>
    private static JsonElement InOrder(Case @case, JsonElement given, JsonElement predictions)
    {
        if (given.ValueKind != JsonValueKind.Object || given.TryGetProperty("class", out _) || JsonTensors.IsTensor(given) || predictions.ValueKind != JsonValueKind.Array) return given;
        if (Case.Property(@case.Config, "output_names") is not { ValueKind: JsonValueKind.Array } names) return given;
        return JsonSerializer.SerializeToElement(names.EnumerateArray().Select(n => given.TryGetProperty(n.GetString()!, out var one) ? one : Null).ToList());
    }

    private static IEnumerable<Leaf> Flatten(JsonElement json, string? key) => json.ValueKind switch
    {
        _ when JsonTensors.IsTensor(json) => [new Leaf(key, json)],
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => Flatten(p.Value, p.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(e => Flatten(e, null)),
        _ => throw new NotCoveredException($"predictions written as {json.ValueKind}"),
    };

    /// <summary>One specification per leaf of the predictions; null where an output has none.</summary>
    private static IEnumerable<JsonElement> Spread(JsonElement specification, JsonElement predictions)
    {
        var isLeaf = specification.ValueKind is JsonValueKind.String or JsonValueKind.Null or JsonValueKind.Undefined || specification.ValueKind == JsonValueKind.Object && specification.TryGetProperty("class", out _);
        if (JsonTensors.IsTensor(predictions)) return [specification.ValueKind == JsonValueKind.Undefined ? Null : specification];
        if (isLeaf) return Flatten(predictions, null).Select(_ => specification.ValueKind == JsonValueKind.Undefined ? Null : specification);
        if (predictions.ValueKind == JsonValueKind.Object && specification.ValueKind == JsonValueKind.Object) return predictions.EnumerateObject().SelectMany(p => Spread(Case.Property(specification, p.Name), p.Value));
        if (predictions.ValueKind == JsonValueKind.Array && specification.ValueKind == JsonValueKind.Array) return predictions.EnumerateArray().Zip(specification.EnumerateArray()).SelectMany(p => Spread(p.Second, p.First));
        throw new NotCoveredException("a structure of losses or metrics unlike the outputs'");
    }

    private static JsonElement Null => JsonSerializer.SerializeToElement<object?>(null);

    private static MetricsSpec? Spec(Case @case, string name, JsonElement predictions)
    {
        var specification = Case.Property(@case.Config, name);
        if (specification.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return null;
        var groups = Spread(InOrder(@case, specification, predictions), predictions).Select(Group).ToList();
        if (groups.Count == 1) return MetricsSpec.Create(groups[0]);
        return MetricsSpec.Create([.. groups.Select(AsOne)]);
    }

    private static MetricSpec[] Group(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => [.. json.EnumerateArray().Select(ModelCases.Metric)],
        _ => [ModelCases.Metric(json)],
    };

    private static MetricSpec AsOne(MetricSpec[] group) => Array.TrueForAll(group, m => m.Metric is not null)
        ? (MetricSpec)Array.ConvertAll(group, m => m.Metric!)
        : Array.ConvertAll(group, m => m.Name!);

    private static Tensor[] Targets(JsonElement json, List<Leaf> leaves, List<JsonElement> losses)
    {
        var given = new Queue<Tensor>(Flatten(json, null).Select(l => JsonTensors.Read(l.Json)));
        var untrained = losses.Count(l => l.ValueKind == JsonValueKind.Null);
        // Keras leaves out the targets of outputs without loss; here every output has one, and what it holds cannot matter.
        var mayFill = given.Count < leaves.Count && given.Count >= leaves.Count - untrained;
        return [.. leaves.Select((leaf, i) => mayFill && losses[i].ValueKind == JsonValueKind.Null ? JsonTensors.Read(leaf.Json) : given.Dequeue())];
    }

    private static Tensor[] PerOutput(JsonElement json, int outputs)
    {
        Tensor[] tensors = [.. Flatten(json, null).Select(l => JsonTensors.Read(l.Json))];
        return tensors.Length == 1 ? [.. Enumerable.Repeat(tensors[0], outputs)] : tensors;
    }

    private static Tensor[] Joined(JsonElement[] updates, string name, int outputs)
    {
        Tensor[][] perUpdate = [.. updates.Select(u => PerOutput(u.GetProperty(name), outputs))];
        return [.. Enumerable.Range(0, outputs).Select(i => torch.cat([.. perUpdate.Select(u => u[i])], 0))];
    }

    private static TensorData Listed(Tensor[] tensors) => tensors.Length == 1 ? tensors[0] : tensors.ToList();

    private static TensorData Named(string[] names, Tensor[] tensors) =>
        tensors.Length == 1 ? tensors[0] : names.Zip(tensors).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
}
