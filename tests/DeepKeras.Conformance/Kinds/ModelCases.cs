using System.Globalization;
using DeepKeras.Data;
using DeepKeras.Layers;
using DeepKeras.Losses;
using DeepKeras.Metrics;
using DeepKeras.Training;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Whole runs: history, evaluation, predictions and final weights of <c>Fit</c>; sequences of single batches.</summary>
internal static class ModelCases
{
    private const double StepTolerance = 2e-4;

    public static string? Fit(Case @case)
    {
        var model = Model(@case);
        var options = @case.Config.GetProperty("fit");
        var known = (string[])["epochs", "batch_size", "shuffle", "class_weight", "sample_weight", "validation_data", "validation_split"];
        foreach (var option in options.EnumerateObject())
        {
            if (!known.Contains(option.Name, StringComparer.Ordinal)) throw new NotCoveredException($"fit has no option {option.Name} here");
        }
        var history = model.Fit(
            @case.Input("x")!,
            @case.Input("y")!,
            batchSize: Case.Property(options, "batch_size") is { ValueKind: JsonValueKind.Number } size ? size.GetInt32() : null,
            epochs: Case.Property(options, "epochs") is { ValueKind: JsonValueKind.Number } epochs ? epochs.GetInt32() : 1,
            verbose: 0,
            validationSplit: Case.Property(options, "validation_split") is { ValueKind: JsonValueKind.Number } split ? split.GetDouble() : 0,
            validationData: Case.Property(options, "validation_data") is { ValueKind: JsonValueKind.Array } names ? (@case.Input(names[0].GetString()!)!, @case.Input(names[1].GetString()!)!) : (ValidationData?)null,
            shuffle: Case.Property(options, "shuffle").ValueKind != JsonValueKind.False,
            classWeight: ClassWeights(options),
            sampleWeight: SampleWeight(@case, options));
        return CompareHistory(@case, history)
            ?? CompareScore(@case, model)
            ?? ComparePredictions(@case, model)
            ?? CompareWeights(@case, model);
    }

    public static string? BatchScript(Case @case)
    {
        var model = Model(@case);
        foreach (var (step, number) in @case.Expected.EnumerateArray().Select((s, i) => (s, i)))
        {
            var operation = step.GetProperty("op").GetString();
            if (operation == "predict_on_batch")
            {
                var row = JsonTensors.Numbers(model.PredictOnBatch(@case.Input("x")!).Single.select(0, 0));
                if (Case.Difference(row, JsonTensors.Numbers(step.GetProperty("row0")), @case.Tolerance, @case.RelativeTolerance) is { } difference) return $"step {number}, prediction: {difference}";
                continue;
            }
            var score = operation switch
            {
                "train_on_batch" => model.TrainOnBatch(@case.Input("x")!, @case.Input("y")!, SampleWeight(@case, step), ClassWeights(step)),
                "test_on_batch" => model.TestOnBatch(@case.Input("x")!, @case.Input("y")!, SampleWeight(@case, step)),
                _ => throw new NotCoveredException($"the step {operation}"),
            };
            if (Case.Difference([score.Loss], [step.GetProperty("loss").GetDouble()], @case.Tolerance, @case.RelativeTolerance) is { } wrong) return $"step {number}, {operation}: {wrong}";
        }
        return null;
    }

    private static Sequential Model(Case @case)
    {
        var config = @case.Config.GetProperty("model");
        if (config.GetProperty("class").GetString() != "Sequential") throw new NotCoveredException("models other than Sequential");
        var shape = new Shape([.. config.GetProperty("input_shape").EnumerateArray().Select(e => (long?)e.GetInt64())]);
        var model = new Sequential { new InputLayer(shape) };
        foreach (var layer in config.GetProperty("layers").EnumerateArray()) model.Add((Layer)KerasObjects.FromJson(typeof(Layer), layer));
        if (@case.Weights.ValueKind == JsonValueKind.Array) model.SetWeights([.. @case.Weights.EnumerateArray().Select(JsonTensors.Read)]);
        if (Case.Property(config, "frozen_layers") is { ValueKind: JsonValueKind.Array } frozen)
        {
            var trained = model.Layers.Where(l => l is not InputLayer).ToList();
            foreach (var index in frozen.EnumerateArray()) trained[index.GetInt32()].Trainable = false;
        }
        var compile = @case.Config.GetProperty("compile");
        model.Compile(
            (Optimizer)KerasObjects.FromJson(typeof(Optimizer), compile.GetProperty("optimizer")),
            (Loss)KerasObjects.FromJson(typeof(Loss), compile.GetProperty("loss")),
            Metrics(Case.Property(compile, "metrics")),
            Metrics(Case.Property(compile, "weighted_metrics")));
        return model;
    }

    private static MetricsSpec? Metrics(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? MetricsSpec.Create([.. json.EnumerateArray().Select(Metric)]) : null;

    internal static MetricSpec Metric(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String) return (Metric)KerasObjects.FromJson(typeof(Metric), json);
        return json.GetString()!;
    }

    private static TensorData? SampleWeight(Case @case, JsonElement options) =>
        Case.Property(options, "sample_weight") is { ValueKind: JsonValueKind.String } name ? (TensorData)@case.Input(name.GetString()!)! : null;

    private static Dictionary<int, double>? ClassWeights(JsonElement options) =>
        Case.Property(options, "class_weight") is { ValueKind: JsonValueKind.Object } weights
            ? weights.EnumerateObject().ToDictionary(p => (int)double.Parse(p.Name, CultureInfo.InvariantCulture), p => p.Value.GetDouble())
            : null;

    private static double Loosest(Case @case) => Math.Max(@case.Tolerance, StepTolerance);

    private static string? CompareHistory(Case @case, History history)
    {
        var expected = @case.Expected.GetProperty("history");
        var keys = expected.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal).ToList();
        if (!history.Keys.SequenceEqual(keys, StringComparer.Ordinal)) return $"the history has {string.Join(", ", history.Keys)} instead of {string.Join(", ", keys)}";
        foreach (var column in expected.EnumerateObject())
        {
            if (Case.Difference([.. history[column.Name]], JsonTensors.Numbers(column.Value), Loosest(@case), @case.RelativeTolerance) is { } difference) return $"history of {column.Name}: {difference}";
        }
        return null;
    }

    private static string? CompareScore(Case @case, Model model)
    {
        var score = model.Evaluate(@case.Input("x")!, @case.Input("y")!, verbose: 0);
        foreach (var figure in @case.Expected.GetProperty("evaluate").EnumerateObject())
        {
            if (!score.Names.Contains(figure.Name, StringComparer.Ordinal)) return $"evaluate gives {string.Join(", ", score.Names)} but not {figure.Name}";
            if (Case.Difference([score[figure.Name]], [figure.Value.GetDouble()], Loosest(@case), @case.RelativeTolerance) is { } difference) return $"evaluate, {figure.Name}: {difference}";
        }
        return null;
    }

    private static string? ComparePredictions(Case @case, Model model)
    {
        var predictions = model.Predict(@case.Input("x")!.narrow(0, 0, 3)).Single;
        var difference = Case.Difference(JsonTensors.Numbers(predictions), JsonTensors.Numbers(@case.Expected.GetProperty("predict_first3")), Loosest(@case), @case.RelativeTolerance);
        return difference is null ? null : $"predictions: {difference}";
    }

    private static string? CompareWeights(Case @case, Model model)
    {
        var weights = model.Weights;
        var expected = @case.Expected.GetProperty("weights_after");
        if (expected.GetArrayLength() != weights.Count) return $"the model has {weights.Count} weights instead of {expected.GetArrayLength()}";
        for (var i = 0; i < weights.Count; i++)
        {
            if (Case.Difference(JsonTensors.Numbers(weights[i].ToTensor()), JsonTensors.Numbers(expected[i]), Loosest(@case), @case.RelativeTolerance) is { } difference) return $"weight {weights[i].Path} afterwards: {difference}";
        }
        return null;
    }
}
