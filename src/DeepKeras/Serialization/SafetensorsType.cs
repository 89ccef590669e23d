namespace DeepKeras.Serialization;

/// <summary>The element types of safetensors files by their names there.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, ScalarType Type, int Size)[] s_types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    public static IEnumerable<string> Names => s_types.Select(t => t.Name);

    public static ScalarType? Find(string name) => Array.Find(s_types, t => t.Name == name) is { Name: not null } found ? found.Type : null;

    public static string Name(ScalarType type) => Array.Find(s_types, t => t.Type == type).Name ?? throw Throw.SafetensorsType(type);

    public static int Size(ScalarType type) => Array.Find(s_types, t => t.Type == type) is { Name: not null } found ? found.Size : throw Throw.SafetensorsType(type);
}
