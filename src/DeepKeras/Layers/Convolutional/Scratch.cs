using System.Runtime.InteropServices;

namespace DeepKeras.Layers;

/// <summary>
/// Memory for the intermediate numbers of one convolution. It is kept for the next: blocks that come and go between the tensors leave holes in the heap.
/// </summary>
internal static unsafe class Scratch
{
    // One line of the cache before the numbers holds the size.
    private const int Line = 64;
    private static readonly Lock s_lock = new();

    // From small to large; not more blocks than were ever in use at a time.
    private static readonly List<Block> s_free = [];

    /// <summary>Memory for so many numbers, where a line of the cache begins.</summary>
    public static float* Allocate(long count)
    {
        var bytes = (nuint)(count * sizeof(float)) + Line;
        lock (s_lock)
        {
            var at = FirstOf(bytes);
            if (at < s_free.Count)
            {
                var found = s_free[at].Start;
                s_free.RemoveAt(at);
                return Numbers(found);
            }
            if (s_free is [.., var largest])
            {
                // One that is too small makes room for the one that is needed.
                s_free.RemoveAt(s_free.Count - 1);
                NativeMemory.AlignedFree(largest.Start);
            }
        }
        var start = (byte*)NativeMemory.AlignedAlloc(bytes, Line);
        *(nuint*)start = bytes;
        return Numbers(start);
    }

    /// <summary>Takes it back.</summary>
    /// <param name="memory">What <see cref="Allocate"/> gave.</param>
    public static void Free(float* memory)
    {
        var start = (byte*)memory - Line;
        var bytes = *(nuint*)start;
        lock (s_lock) s_free.Insert(FirstOf(bytes), new Block(start, bytes));
    }

    /// <summary>The smallest block with at least so many bytes, or behind the last.</summary>
    private static int FirstOf(nuint bytes)
    {
        var at = 0;
        while (at < s_free.Count && s_free[at].Bytes < bytes) at++;
        return at;
    }

    private static float* Numbers(byte* start) => (float*)(start + Line);

    private readonly struct Block(byte* start, nuint bytes)
    {
        public readonly byte* Start = start;

        public readonly nuint Bytes = bytes;
    }
}
