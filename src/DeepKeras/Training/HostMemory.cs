using System.Runtime.InteropServices;

namespace DeepKeras.Training;

/// <summary>
/// Tells glibc's allocator to keep freed memory for the next step. A training step frees nearly all it took; by default glibc then gives the
/// pages back to the kernel, and the next step pays for faulting them in again: up to a third of its time.
/// </summary>
internal static partial class HostMemory
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;

    // The largest block that comes from the heap, the freed memory at the heap's end that may stay, and what a heap grows by beyond the need:
    // as much as the heap of a second thread can hold, or it is unmapped as soon as it is empty. Predictions for eight images take a tenth to a
    // fifth less time with blocks of up to 32 MiB, the most that glibc allows, than with 12.
    private static readonly Sizes s_predicting = new(32 << 20, 1 << 30, 64 << 20);

    // Large blocks leave gaps in the heap that no block of their size fits into again, because glibc aligns it anew. In training, where many are held
    // at a time, a ResNet-50 took a tenth more memory that way.
    private static readonly Sizes s_training = new(12 << 20, 1 << 30, 64 << 20);

    // The same beside weights, gradients and momenta of half a gigabyte each, as those of a VGG16.
    private static readonly Sizes s_heavy = new(12 << 20, 256 << 20, 16 << 20);
    private const long HeavyWeights = 64 << 20;

    private static readonly Lock s_lock = new();
    private static Sizes? s_chosen;
    private static bool s_isKept;

    /// <summary>Whether freed memory stays in the process. A call arranges it; the most careful one so far counts.</summary>
    /// <param name="training">Whether steps of training follow.</param>
    /// <param name="weights">How many numbers the weights are that stand beside it.</param>
    public static bool KeepFreed(bool training = false, long weights = 0)
    {
        var wanted = weights > HeavyWeights ? s_heavy : training ? s_training : s_predicting;
        lock (s_lock)
        {
            if (s_chosen is null || wanted.HeapBlock < s_chosen.HeapBlock || wanted.Kept < s_chosen.Kept) s_isKept = TryKeep(s_chosen = wanted);
            return s_isKept;
        }
    }

    private static bool TryKeep(Sizes sizes)
    {
        // Who set the allocator up for this process wants it so.
        if (!OperatingSystem.IsLinux() || IsSet("MALLOC_TRIM_THRESHOLD_") || IsSet("MALLOC_MMAP_THRESHOLD_") || IsSet("MALLOC_TOP_PAD_") || IsSet("GLIBC_TUNABLES")) return false;
        try
        {
            return SetAllocator(MapThreshold, sizes.HeapBlock) != 0 && SetAllocator(TrimThreshold, sizes.Kept) != 0 && SetAllocator(TopPad, sizes.Growth) != 0;
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            return false; // Another C library, such as musl, has no such switch.
        }
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAllocator(int parameter, int value);

    /// <summary>Bytes.</summary>
    private sealed record Sizes(int HeapBlock, int Kept, int Growth);
}
