namespace DeepKeras.Serialization;

/// <summary>What a file is by its first bytes, for errors that say which file was taken for which.</summary>
internal static class FileKind
{
    /// <summary>A description, or <see langword="null"/> when the start is of no kind that is known.</summary>
    /// <param name="start">The first eight bytes, or fewer.</param>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x48, 0x44, 0x46])) return "an HDF5 file (.h5, as older Keras writes)";
        if (start.StartsWith("PK\x03\x04"u8)) return "a zip archive (a model file, or PyTorch's .pth)";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x80, 0x02]) || start.StartsWith((ReadOnlySpan<byte>)[0x80, 0x04])) return "a Python pickle";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return "a gzip file";
        if (start.Length >= 9 && start[8] == (byte)'{') return "a safetensors file, which holds weights only";
        return null;
    }
}
