namespace DeepKeras.Serialization;

/// <summary>The element types of PyTorch's storages by the names of their classes.</summary>
internal static class StorageType
{
    private static readonly (string Name, ScalarType Type)[] s_types =
    [
        ("FloatStorage", ScalarType.Float32), ("DoubleStorage", ScalarType.Float64), ("HalfStorage", ScalarType.Float16), ("BFloat16Storage", ScalarType.BFloat16),
        ("LongStorage", ScalarType.Int64), ("IntStorage", ScalarType.Int32), ("ShortStorage", ScalarType.Int16), ("CharStorage", ScalarType.Int8),
        ("ByteStorage", ScalarType.Byte), ("BoolStorage", ScalarType.Bool),
    ];

    /// <summary>The element type of a class of storages, or <see langword="null"/> when it is none of those that are read.</summary>
    public static ScalarType? Find(string module, string name) => module switch
    {
        "torch" or "torch.cuda" => Array.Find(s_types, t => t.Name == name) is { Name: not null } found ? found.Type : null,
        // Bytes without a type; their count is in bytes.
        "torch.storage" => name is "UntypedStorage" or "_UntypedStorage" or "TypedStorage" or "_TypedStorage" ? ScalarType.Byte : null,
        _ => null,
    };

    public static string Name(ScalarType type) => Array.Find(s_types, t => t.Type == type).Name ?? throw Throw.PyTorchType(type);

    public static IEnumerable<string> Types => s_types.Select(t => DtypeName.Of(t.Type));
}
