using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Conformance.Kinds;

/// <summary>What fills, punishes and projects weights.</summary>
internal static class WeightCases
{
    public static string? Constraint(Case @case) =>
        @case.Compare(KerasObjects.Create<Constraint>(@case.Name, @case.Config).Project(@case.Input("w")!));

    public static string? Regularizer(Case @case) =>
        @case.CompareNumbers(JsonTensors.Numbers(KerasObjects.Create<Regularizer>(@case.Name, @case.Config).Penalty(@case.Input("x") ?? @case.Input("inputs")!)));

    public static string? Initializer(Case @case)
    {
        long[] shape = [.. @case.Inputs.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())];
        return @case.Compare(KerasObjects.Create<Initializer>(@case.Name, @case.Config).Create(shape, ScalarType.Float32));
    }
}
