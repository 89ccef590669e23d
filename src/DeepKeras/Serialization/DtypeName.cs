namespace DeepKeras.Serialization;

/// <summary>Element types as Keras spells them: <c>float32</c>, <c>uint8</c>.</summary>
internal static class DtypeName
{
    private static readonly Dictionary<ScalarType, string> s_names = new()
    {
        [ScalarType.Byte] = "uint8",
        [ScalarType.Int8] = "int8",
        [ScalarType.Int16] = "int16",
        [ScalarType.Int32] = "int32",
        [ScalarType.Int64] = "int64",
        [ScalarType.Float16] = "float16",
        [ScalarType.BFloat16] = "bfloat16",
        [ScalarType.Float32] = "float32",
        [ScalarType.Float64] = "float64",
        [ScalarType.Bool] = "bool",
    };

    public static string Of(ScalarType type) => s_names.TryGetValue(type, out var name) ? name : type.ToString().ToLowerInvariant();

    /// <exception cref="KerasException">There is no such type.</exception>
    public static ScalarType Parse(string name)
    {
        foreach (var (type, known) in s_names)
        {
            if (known == name) return type;
        }
        throw Throw.UnknownName("dtype", name, s_names.Values);
    }
}
