using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using DeepKeras.Layers;
using DeepKeras.Serialization;
using DeepKeras.Training;

namespace DeepKeras.Conformance.Kinds;

/// <summary>Shape arithmetic, names, and the helpers of the front door.</summary>
internal static class UtilityCases
{
    public static string? Run(Case @case) => @case.Name switch
    {
        "compute_pooling_output_shape" => ShapeOf(@case, "MaxPooling", "pool_size"),
        "compute_conv_output_shape" when OperationCases.HasStridedDilation(@case) => OpsCases.Run(@case),
        "compute_conv_output_shape" => ShapeOf(@case, "Conv", "filters", "kernel_size", "dilation_rate") ?? OpsCases.Run(@case),
        "to_snake_case" => Same(Naming.ToSnakeCase(@case.Inputs.GetProperty("name").GetString()!), @case.Expected.GetString()!),
        "class_weight_to_sample_weights" => ClassWeight(@case),
        _ when OpsCases.Has(@case.Name) && @case.Name != "normalize" => OpsCases.Run(@case),
        _ => FrontDoor(@case),
    };

    private static string? Same(string actual, string expected) => actual == expected ? null : $"'{actual}' instead of '{expected}'";

    private static string? ShapeOf(Case @case, string prefix, params string[] options)
    {
        var config = new JsonObject();
        foreach (var option in (string[])["strides", "padding", "data_format", .. options])
        {
            if (Case.Property(@case.Inputs, option) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value) config[option] = JsonNode.Parse(value.GetRawText());
        }
        var input = Extents(@case.Inputs.GetProperty("input_shape"));
        var layer = KerasObjects.Create<Layer>($"{prefix}{input.Rank - 2}D", JsonSerializer.SerializeToElement(config));
        return Same(layer.ComputeOutputShape(input).ToString(), Extents(@case.Expected).ToString());
    }

    private static string? ClassWeight(Case @case)
    {
        var weights = @case.Inputs.GetProperty("class_weight").EnumerateObject().ToDictionary(p => (int)double.Parse(p.Name, CultureInfo.InvariantCulture), p => p.Value.GetDouble());
        return @case.Compare(Training.ClassWeight.Weigh(@case.Input("y")!, hasClassAxis: true, weights));
    }

    private static Shape Extents(JsonElement json) => new([.. json.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? (long?)null : e.GetInt64())]);

    /// <summary>Static methods of <see cref="Keras"/>, found by their snake-case name.</summary>
    private static string? FrontDoor(Case @case)
    {
        foreach (var method in typeof(Keras).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => !m.IsGenericMethod && Naming.ToSnakeCase(m.Name) == @case.Name))
        {
            var parameters = method.GetParameters();
            var values = Array.ConvertAll(parameters, KerasObjects.DefaultOf);
            var fits = true;
            foreach (var input in KerasObjects.Members(@case.Inputs))
            {
                var index = Array.FindIndex(parameters, p => KerasObjects.Answers(p, input.Name));
                if (index < 0) fits &= input.Name == "dtype";
                else fits &= JsonValues.TryConvert(input.Value, parameters[index].ParameterType, out values[index]);
            }
            if (!fits) continue;
            return method.Invoke(null, values) switch
            {
                Tensor tensor => @case.Compare(tensor),
                Array array => @case.CompareNumbers([.. array.Cast<object>().Select(v => Convert.ToDouble(v, CultureInfo.InvariantCulture))]),
                var other => throw new NotCoveredException($"{method.Name} gives {other}"),
            };
        }
        throw new NotCoveredException($"no counterpart of {@case.Name}");
    }
}
