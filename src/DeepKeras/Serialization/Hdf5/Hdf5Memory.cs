namespace DeepKeras.Serialization;

/// <summary>The memory of a tensor for libhdf5.</summary>
internal static unsafe class Hdf5Memory
{
    /// <summary>Hands over the address of the first element. A span of the whole would end at two gigabytes.</summary>
    /// <param name="tensor">A contiguous tensor on the CPU.</param>
    /// <param name="use">Reads or writes there; not called for a tensor without elements.</param>
    public static void Use(Tensor tensor, Action<nint> use)
    {
        if (tensor.numel() == 0) return;
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        fixed (byte* data = first.bytes) use((nint)data);
    }
}
