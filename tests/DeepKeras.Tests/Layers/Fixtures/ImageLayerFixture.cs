using System.Reflection;
using System.Text.Json;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Reads a fixture beside this file and makes layers from Keras-style configurations.</summary>
internal static class ImageLayerFixture
{
    /// <summary>The cases of a fixture, each named by its layer and number.</summary>
    public static IEnumerable<TestCaseData> Cases(string file)
    {
        var path = Path.Combine(SharedData.Root, "tests", "DeepKeras.Tests", "Layers", "Fixtures", file);
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var number = 0;
        foreach (var element in document.RootElement.EnumerateArray())
        {
            var id = element.TryGetProperty("id", out var given) ? given.GetString() : $"{number++}";
            yield return new TestCaseData(element.Clone()).SetName($"{{m}}({element.GetProperty("layer").GetString()} {id})");
        }
    }

    /// <summary>The layer that a case describes.</summary>
    public static Layer Make(JsonElement item)
    {
        var type = typeof(Layer).Assembly.GetType("DeepKeras.Layers." + item.GetProperty("layer").GetString(), throwOnError: true)!;
        var constructor = type.GetConstructors().Single();
        var parameters = constructor.GetParameters();
        var arguments = Array.ConvertAll(parameters, p => p.HasDefaultValue ? p.DefaultValue : null);
        foreach (var entry in item.GetProperty("config").EnumerateObject())
        {
            var index = Array.FindIndex(parameters, p => string.Equals(p.Name, entry.Name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
            index.Should().BeGreaterThanOrEqualTo(0, "the layer must have the parameter {0}", entry.Name);
            arguments[index] = Value(entry.Value, parameters[index].ParameterType);
        }
        return (Layer)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    public static long[] Longs(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt64())];

    public static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    /// <summary>A float32 tensor from <c>{"shape", "data"}</c>.</summary>
    public static Tensor ToTensor(JsonElement item)
    {
        using var wide = torch.tensor(Doubles(item.GetProperty("data")), Longs(item.GetProperty("shape")));
        return wide.to(ScalarType.Float32);
    }

    private static object? Value(JsonElement value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (type == typeof(Size1D)) return new Size1D(value[0].GetInt64());
        if (type == typeof(Size2D)) return Size(value);
        if (type == typeof(Size3D)) return Volume(Longs(value));
        if (type == typeof(Padding)) return value.ValueKind == JsonValueKind.String ? (Padding)value.GetString()! : (Padding)((int)Size(value).Height, (int)Size(value).Width);
        if (type == typeof(SequencePadding)) return (SequencePadding)value.GetString()!;
        if (type == typeof(Padding1D)) return new Padding1D(value[0].GetInt64(), value[1].GetInt64());
        if (type == typeof(Padding2D)) return Edges(value);
        if (type == typeof(Padding3D)) return Faces([.. value.EnumerateArray().SelectMany(Longs)]);
        if (type == typeof(DataFormat)) return (DataFormat)value.GetString()!;
        if (type == typeof(Shape)) return new Shape(Longs(value));
        if (type == typeof(bool)) return value.GetBoolean();
        return type == typeof(string) ? value.GetString() : value.GetInt64();
    }

    private static Size2D Size(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? new(value.GetInt64(), value.GetInt64())
        : new(value[0].GetInt64(), value[1].GetInt64());

    private static Size3D Volume(long[] cells) => new(cells[0], cells[1], cells[2]);

    private static Padding3D Faces(long[] cells) => new(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);

    private static Padding2D Edges(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number) return (int)value.GetInt64();
        var (rows, columns) = (Side(value[0]), Side(value[1]));
        return new(rows.Height, rows.Width, columns.Height, columns.Width);

        static Size2D Side(JsonElement side) => Size(side);
    }
}
