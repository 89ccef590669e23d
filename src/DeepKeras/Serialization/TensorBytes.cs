namespace DeepKeras.Serialization;

/// <summary>Moves the bytes of a contiguous CPU tensor from and to a stream, in parts: a .NET span ends at two gigabytes.</summary>
internal static class TensorBytes
{
    private const long ChunkBytes = 1L << 28;

    /// <summary>Fills the tensor.</summary>
    /// <exception cref="EndOfStreamException">The stream ends too early.</exception>
    public static void Read(Stream stream, Tensor tensor) => Parts(tensor, part => stream.ReadExactly(part.bytes));

    public static void Write(Stream stream, Tensor tensor) => Parts(tensor, part => stream.Write(part.bytes));

    private static void Parts(Tensor tensor, Action<Tensor> move)
    {
        var (count, size) = (tensor.numel(), SafetensorsType.Size(tensor.dtype));
        if (count == 0) return;
        if (count * size <= ChunkBytes)
        {
            move(tensor);
            return;
        }
        using var flat = tensor.view(-1);
        var step = ChunkBytes / size;
        for (long from = 0; from < count; from += step)
        {
            using var part = flat.narrow(0, from, Math.Min(step, count - from));
            move(part);
        }
    }
}
