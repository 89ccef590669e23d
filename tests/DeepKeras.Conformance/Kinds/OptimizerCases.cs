using DeepKeras.Layers;
using DeepKeras.Schedules;
using TorchSharp.Modules;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Optimizers on given gradients, gradient clipping, learning-rate schedules.</summary>
internal static class OptimizerCases
{
    public static string? Apply(Case @case)
    {
        var optimizer = KerasObjects.Create<Optimizer>(@case.Name, @case.Config);
        Weight[] weights = [.. @case.Inputs.GetProperty("initial_variables").EnumerateArray().Select((value, i) => new VariableOwner(i == 0 ? "variable" : $"variable_{i}").Hold(JsonTensors.Read(value)))];
        if (Case.Property(@case.Inputs, "exclude_from_weight_decay") is { ValueKind: JsonValueKind.Object } excluded)
        {
            optimizer.ExcludeFromWeightDecay(
                excluded.GetProperty("var_indices").EnumerateArray().Select(i => weights[i.GetInt32()]),
                excluded.GetProperty("var_names").EnumerateArray().Select(n => n.GetString()!));
        }
        optimizer.Build(weights);
        foreach (var step in @case.Inputs.GetProperty("steps").EnumerateArray())
        {
            var gradients = new Tensor?[weights.Length];
            foreach (var pair in step.EnumerateArray()) gradients[pair[0].GetInt32()] = pair[1].ValueKind == JsonValueKind.Null ? null : JsonTensors.Read(pair[1]);
            optimizer.Apply(gradients);
        }
        return @case.TargetIndex("variable") is { } index ? @case.Compare(weights[index].Value) : @case.Compare(State(optimizer, @case.Target.GetProperty("optimizer_variable").GetString()!));
    }

    public static string? ClipGradients(Case @case)
    {
        var optimizer = KerasObjects.Create<Optimizer>(@case.Name, @case.Config);
        var gradients = @case.Inputs.GetProperty("grads").EnumerateArray().Select(JsonTensors.Read).ToList();
        return @case.Compare(optimizer.ClipGradients(gradients)[@case.Inputs.GetProperty("output_index").GetInt32()]);
    }

    public static string? Schedule(Case @case) =>
        @case.CompareNumbers([KerasObjects.Create<LearningRateSchedule>(@case.Name, @case.Config).At(@case.Inputs.GetProperty("step").GetInt64())]);

    /// <summary><c>adam/variable_1_momentum</c> is here <c>variable_1_value_momentum</c>: layer, weight, kind.</summary>
    private static Tensor State(Optimizer optimizer, string path)
    {
        var wanted = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
        foreach (var (name, value) in optimizer.GetState())
        {
            if (name.Replace("_value_", "_", StringComparison.Ordinal) == wanted) return value;
        }
        throw new NotCoveredException($"{optimizer.Name} keeps no {wanted}");
    }

    /// <summary>Holds one bare variable.</summary>
    private sealed class VariableOwner(string name) : Layer(name: name)
    {
        public Weight Hold(Tensor value) =>
            new(this, "value", new Shape(value.shape), new Parameter(value.to_type(ScalarType.Float32, true)).DetachFromDisposeScope(), trainable: true, layout: null, rebindable: true);
    }
}
