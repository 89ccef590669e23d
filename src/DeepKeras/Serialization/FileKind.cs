namespace DeepKeras.Serialization;

/// <summary>What a file is by its first bytes, for errors that say which file was taken for which.</summary>
internal static class FileKind
{
    /// <summary>A description, or <see langword="null"/> when the start is of no kind that is known.</summary>
    /// <param name="start">The first eight bytes, or fewer.</param>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        if (IsHdf5(start)) return "an HDF5 file (Keras's .h5)";
        if (IsSafetensors(start)) return "a safetensors file, which holds weights only";
        if (IsZip(start)) return "a zip archive (a model file, or PyTorch's .pth)";
        if (IsPickle(start)) return "a Python pickle (PyTorch's older .pth)";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return "a gzip file";
        return null;
    }

    /// <summary>The length of a head below four gigabytes, then its brace. To be asked first: a length may look like the start of another kind.</summary>
    public static bool IsSafetensors(ReadOnlySpan<byte> start) => start is [_, _, _, _, 0, 0, 0, 0, (byte)'{', ..];

    /// <summary>Model files, and what PyTorch writes today.</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8);

    /// <summary>Keras's <c>.h5</c> and <c>.weights.h5</c>.</summary>
    public static bool IsHdf5(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x48, 0x44, 0x46]);

    /// <summary>A pickle of protocol 2 to 5: what PyTorch wrote before version 1.6.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> start) => start is [0x80, >= 2 and <= 5, ..];
}
