using DeepKeras.Files;

namespace DeepKeras.Serialization;

/// <summary>Writes <c>.safetensors</c> files (huggingface.co/docs/safetensors), which PyTorch, JAX and many tools read. One tensor at a time is in memory.</summary>
/// <remarks><code>SafetensorsWriter.Save("maps.safetensors", [("first", maps1), ("second", maps2)]);</code></remarks>
public static class SafetensorsWriter
{
    /// <summary>Writes a file in one step: an old file of that name is replaced only when the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Keys and tensors; any device and memory layout.</param>
    /// <param name="metadata">Free texts to leave in the file.</param>
    /// <exception cref="KerasException">Two tensors bear one key, a type is unknown to the format, or the file cannot be written.</exception>
    public static void Save(string path, IReadOnlyList<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, Sources(tensors), metadata));

    internal static List<TensorSource> Sources(IReadOnlyList<(string Name, Tensor Value)> tensors) =>
        [.. tensors.Select(t => new TensorSource(t.Name, t.Value.dtype, t.Value.shape, () => t.Value.detach()))];

    internal static void Write(Stream stream, IReadOnlyList<TensorSource> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        // Wide elements first, so that every tensor begins at a multiple of its element size (the head is a multiple of eight).
        var ordered = tensors.OrderByDescending(t => SafetensorsType.Size(t.Dtype)).ToList();
        var entries = new List<SafetensorsEntry>(ordered.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var end = 0L;
        foreach (var tensor in ordered)
        {
            if (!names.Add(tensor.Name)) throw Throw.SafetensorsTwice(tensor.Name);
            var length = tensor.Shape.Aggregate((long)SafetensorsType.Size(tensor.Dtype), (a, b) => checked(a * b));
            entries.Add(new SafetensorsEntry(tensor.Name, tensor.Dtype, new Shape(tensor.Shape), end, length));
            end += length;
        }
        stream.Write(SafetensorsHeader.Write(entries, metadata));
        for (var i = 0; i < ordered.Count; i++)
        {
            using var scope = torch.NewDisposeScope();
            TensorBytes.Write(stream, ordered[i].Get().cpu().contiguous());
        }
    }
}
