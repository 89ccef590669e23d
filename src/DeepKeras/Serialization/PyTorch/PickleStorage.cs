namespace DeepKeras.Serialization;

/// <summary>A block of numbers that a pickle refers to and that stands elsewhere in the file.</summary>
/// <param name="Dtype">The element type.</param>
/// <param name="Key">The name of the block.</param>
/// <param name="Count">How many elements the block holds.</param>
/// <param name="ViewOffset">Where this storage begins within the block (older files only).</param>
/// <param name="ViewCount">How many elements of the block it has.</param>
internal sealed record PickleStorage(ScalarType Dtype, string Key, long Count, long ViewOffset, long ViewCount)
{
    /// <summary>The length of the whole block in bytes.</summary>
    public long ByteCount => Count * SafetensorsType.Size(Dtype);

    /// <summary>Reads a persistent id: <c>("storage", class, key, place, count)</c>, in older files with <c>(view key, offset, count)</c> or None behind.</summary>
    public static PickleStorage Create(object? id, string source)
    {
        if (id is not object?[] parts || parts is not ["storage", PickleGlobal { Storage: { } type }, string key, _, long count, ..] || count < 0 || count > long.MaxValue / 16)
        {
            throw Throw.PyTorchFile(source, "a storage is not described by its class, its key and a count of at least 0");
        }
        return parts.Length == 5 || parts[5] is null ? new PickleStorage(type, key, count, 0, count)
            : parts[5] is object?[] and [_, long offset, long length] && offset >= 0 && length >= 0 && length <= count && offset <= count - length ? new PickleStorage(type, key, count, offset, length)
            : throw Throw.PyTorchFile(source, $"storage '{key}': a view of it lies outside of its {count} elements");
    }
}
