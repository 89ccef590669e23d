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
    // as much as the heap of a second thread can hold, or it is unmapped as soon as it is empty. Larger blocks would leave gaps in the heap that
    // no block of their size fits into again (glibc aligns it anew): training a ResNet-50 took a tenth more memory that way.
    private const int HeapBlockBytes = 12 << 20;
    private const int KeptBytes = 1 << 30;
    private const int GrowthBytes = 64 << 20;

    private static readonly bool s_isKept = TryKeep();

    /// <summary>Whether freed memory stays in the process; the first call arranges it.</summary>
    public static bool KeepFreed() => s_isKept;

    private static bool TryKeep()
    {
        // Who set the allocator up for this process wants it so.
        if (!OperatingSystem.IsLinux() || IsSet("MALLOC_TRIM_THRESHOLD_") || IsSet("MALLOC_MMAP_THRESHOLD_") || IsSet("MALLOC_TOP_PAD_") || IsSet("GLIBC_TUNABLES")) return false;
        try
        {
            return SetAllocator(MapThreshold, HeapBlockBytes) != 0 && SetAllocator(TrimThreshold, KeptBytes) != 0 && SetAllocator(TopPad, GrowthBytes) != 0;
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
}
