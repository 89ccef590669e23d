using System.Text.Json.Nodes;

namespace DeepKeras.Tests.Golden.Training;

/// <summary>The files of Golden/keras_agreement_training, which Keras itself wrote in float64.</summary>
internal static class TrainingFixtures
{
    /// <summary>Every case of the files of one kind, with the file that it stands in.</summary>
    /// <param name="kind"><c>losses</c>, <c>metrics</c>, <c>optimizer</c>, <c>tools_constraints</c> …: what the files' names begin with.</param>
    public static IReadOnlyList<(JsonObject File, JsonObject Case)> Read(string kind) =>
    [
        .. Directory.GetFiles(GoldenFile.Path("keras_agreement_training"), kind + "*.json").Order(StringComparer.Ordinal)
            .Select(path => JsonNode.Parse(File.ReadAllText(path))!.AsObject())
            .SelectMany(file => file["cases"]!.AsArray().Select(c => (file, c!.AsObject()))),
    ];

    /// <summary>The class that a case is about.</summary>
    public static string ClassOf(JsonObject @case) => (string)@case["object"]!["class_name"]!;

    /// <summary>One NUnit case per class and element type.</summary>
    public static IEnumerable<TestCaseData> Classes(string kind) =>
        from name in Read(kind).Select(c => ClassOf(c.Case)).Distinct()
        from type in new[] { ScalarType.Float64, ScalarType.Float32 }
        select new TestCaseData(name, type);

    /// <summary>The cases of a class.</summary>
    public static IEnumerable<(JsonObject File, JsonObject Case)> Of(string kind, string name) => Read(kind).Where(c => ClassOf(c.Case) == name);

    /// <summary>A tensor of a file by its name; <see langword="null"/> without a name.</summary>
    public static Tensor? Named(JsonObject file, string? name, ScalarType type) => name is null ? null : Tensor(file["tensors"]![name]!, type);

    /// <summary>The tensor that <c>{"shape", "data"}</c> describes.</summary>
    public static Tensor Tensor(JsonNode json, ScalarType type)
    {
        using var wide = torch.tensor(Expected(json), [.. json["shape"]!.AsArray().Select(e => (long)e!)]);
        return wide.to(type, true);
    }

    /// <summary>The numbers of <c>{"shape", "data"}</c>.</summary>
    public static double[] Expected(JsonNode json) => [.. json["data"]!.AsArray().Select(Number)];

    private static double Number(JsonNode? json) => json!.GetValueKind() == JsonValueKind.String
        ? (string)json! switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => double.NegativeInfinity }
        : (double)json;
}
