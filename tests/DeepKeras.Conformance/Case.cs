using System.Globalization;

namespace DeepKeras.Conformance;

/// <summary>One case of a file: what to make, what to feed, what must come out.</summary>
internal sealed class Case(JsonElement json)
{
    public string Id { get; } = Text(json, "id") ?? "";

    public string Kind { get; } = Text(json, "kind") ?? throw new FormatException($"A case has no kind: {json}");

    public string Name { get; } = Text(json, "name") ?? "";

    public JsonElement Config { get; } = Property(json, "config");

    public JsonElement Inputs { get; } = Property(json, "inputs");

    public JsonElement Weights { get; } = Property(json, "weights");

    public JsonElement Target { get; } = Property(json, "target");

    public JsonElement Expected { get; } = Property(json, "expected");

    /// <summary>The reference's own unrounded result, where the expectation of its test is loose.</summary>
    public JsonElement ReferenceOutput { get; } = Property(json, "keras_output");

    public double Tolerance { get; } = json.TryGetProperty("tolerance", out var value) ? value.GetDouble() : 0;

    public double RelativeTolerance { get; } = json.TryGetProperty("rtol", out var value) ? value.GetDouble() : 0;

    /// <summary>A member of an object, or an undefined element.</summary>
    public static JsonElement Property(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    /// <summary>One of the inputs as a tensor, or <see langword="null"/> where it is missing or null.</summary>
    public Tensor? Input(string name) => Property(Inputs, name) is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } value ? JsonTensors.Read(value) : null;

    /// <summary>A number of <see cref="Target"/>, or <see langword="null"/>.</summary>
    public int? TargetIndex(string name) => Property(Target, name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : null;

    /// <summary>What differs from the expectation, or <see langword="null"/>.</summary>
    /// <param name="actual">A tensor of the expected shape.</param>
    public string? Compare(Tensor actual)
    {
        if (Expected.ValueKind == JsonValueKind.Object)
        {
            var expectedShape = JsonTensors.ShapeOf(Expected);
            if (!actual.shape.SequenceEqual(expectedShape)) return $"the shape is {new Shape(actual.shape)} instead of {new Shape(expectedShape)}";
        }
        return CompareNumbers(JsonTensors.Numbers(actual));
    }

    /// <summary>What differs from the expectation number by number, or <see langword="null"/>.</summary>
    public string? CompareNumbers(double[] actual)
    {
        if (Difference(actual, JsonTensors.Numbers(Expected), Tolerance, RelativeTolerance) is { } difference) return difference;
        if (ReferenceOutput.ValueKind == JsonValueKind.Undefined) return null;
        return Difference(actual, JsonTensors.Numbers(ReferenceOutput), 2e-5, 2e-5) is { } finer ? "against the unrounded reference: " + finer : null;
    }

    /// <summary>What differs between two lists of numbers, or <see langword="null"/>.</summary>
    public static string? Difference(double[] actual, double[] expected, double tolerance, double relative)
    {
        if (actual.Length != expected.Length) return string.Create(CultureInfo.InvariantCulture, $"{actual.Length} numbers came instead of {expected.Length}");
        for (var i = 0; i < actual.Length; i++)
        {
            if (IsClose(actual[i], expected[i], tolerance, relative)) continue;
            return string.Create(CultureInfo.InvariantCulture, $"number {i} of {actual.Length} is {actual[i]:G9} instead of {expected[i]:G9}");
        }
        return null;
    }

    private static bool IsClose(double actual, double expected, double tolerance, double relative)
    {
        if (double.IsNaN(expected)) return double.IsNaN(actual);
        if (double.IsInfinity(expected)) return actual.Equals(expected);
        return Math.Abs(actual - expected) <= tolerance + (relative * Math.Abs(expected));
    }

    private static string? Text(JsonElement json, string name) => Property(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
