using System.Globalization;

namespace DeepKeras.Conformance;

/// <summary>Tensors written as <c>{"dtype", "shape", "data" | "fill" | "arange"}</c>; floats are fed as float32, integers as int64.</summary>
internal static class JsonTensors
{
    public static bool IsTensor(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("shape", out _) && json.TryGetProperty("dtype", out _);

    public static long[] ShapeOf(JsonElement json) => [.. json.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())];

    /// <summary>A tensor; a bare number or list of numbers also becomes one.</summary>
    public static Tensor Read(JsonElement json)
    {
        if (!IsTensor(json)) return Bare(json);
        var numbers = Numbers(json);
        var shape = ShapeOf(json);
        var type = json.GetProperty("dtype").GetString() ?? "float32";
        if (type == "bool") return torch.tensor(numbers, shape).to(ScalarType.Bool);
        return type.StartsWith("float", StringComparison.Ordinal)
            ? torch.tensor([.. numbers.Select(n => (float)n)], shape)
            : torch.tensor([.. numbers.Select(n => (long)n)], shape);
    }

    /// <summary>The numbers of a tensor, a list or a single number.</summary>
    public static double[] Numbers(JsonElement json)
    {
        if (!IsTensor(json)) return [.. Flat(json)];
        var count = ShapeOf(json).Aggregate(1L, (a, b) => a * b);
        if (json.TryGetProperty("fill", out var fill))
        {
            var value = Number(fill);
            return [.. Enumerable.Repeat(value, (int)count)];
        }
        if (json.TryGetProperty("arange", out var range))
        {
            var (start, step) = (Number(range.GetProperty("start")), Number(range.GetProperty("step")));
            return [.. Enumerable.Range(0, (int)count).Select(i => start + (i * step))];
        }
        return [.. Flat(json.GetProperty("data"))];
    }

    public static double[] Numbers(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    public static double Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => json.GetString() switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            var text => double.Parse(text!, CultureInfo.InvariantCulture),
        },
        _ => throw new FormatException($"A number was expected but {json} stands there."),
    };

    private static IEnumerable<double> Flat(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().SelectMany(Flat) : [Number(json)];

    private static Tensor Bare(JsonElement json)
    {
        var shape = new List<long>();
        for (var level = json; level.ValueKind == JsonValueKind.Array; level = level.EnumerateArray().FirstOrDefault()) shape.Add(level.GetArrayLength());
        var numbers = Numbers(json);
        var whole = !json.ToString().Contains('.', StringComparison.Ordinal) && shape.Count > 0 && Array.TrueForAll(numbers, double.IsInteger);
        return whole
            ? torch.tensor([.. numbers.Select(n => (long)n)], [.. shape])
            : torch.tensor([.. numbers.Select(n => (float)n)], [.. shape]);
    }
}
