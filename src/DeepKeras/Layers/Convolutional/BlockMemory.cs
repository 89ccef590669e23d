using System.Runtime.InteropServices;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepKeras.Layers;

/// <summary>What convolutions made of block products share: scratch memory and a change of layout.</summary>
internal static unsafe class BlockMemory
{
    /// <summary>Added to distances: rows of 4096 bytes would all meet in the same few places of a cache.</summary>
    public const int Skew = 16;

    /// <summary>Memory for so many numbers, where a line of the cache begins.</summary>
    public static float* Allocate(long count) => (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), 64);

    public static void Free(float* memory) => NativeMemory.AlignedFree(memory);

    /// <summary>A number of tiles or channels up to whole blocks of <see cref="BlockProduct.Rows"/>.</summary>
    public static int Padded(int rows) => (rows + BlockProduct.Rows - 1) / BlockProduct.Rows * BlockProduct.Rows;

    /// <summary>Eight rows of eight numbers as eight rows of what were columns.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="stride">Numbers from one row to the next.</param>
    /// <param name="scale">A factor of each row.</param>
    /// <param name="to">The first row of the result.</param>
    /// <param name="toStride">Numbers from one of them to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* from, nint stride, Vector256<float> scale, float* to, nint toStride)
    {
        var (r0, r1, r2, r3) = (Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + (2 * stride)), Vector256.Load(from + (3 * stride)));
        var (r4, r5, r6, r7) = (Vector256.Load(from + (4 * stride)), Vector256.Load(from + (5 * stride)), Vector256.Load(from + (6 * stride)), Vector256.Load(from + (7 * stride)));
        var (p0, p1, p2, p3) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1), Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        var (p4, p5, p6, p7) = (Avx.UnpackLow(r4, r5), Avx.UnpackHigh(r4, r5), Avx.UnpackLow(r6, r7), Avx.UnpackHigh(r6, r7));
        var (q0, q1, q2, q3) = (Avx.Shuffle(p0, p2, 0x44), Avx.Shuffle(p0, p2, 0xEE), Avx.Shuffle(p1, p3, 0x44), Avx.Shuffle(p1, p3, 0xEE));
        var (q4, q5, q6, q7) = (Avx.Shuffle(p4, p6, 0x44), Avx.Shuffle(p4, p6, 0xEE), Avx.Shuffle(p5, p7, 0x44), Avx.Shuffle(p5, p7, 0xEE));
        (Avx.Permute2x128(q0, q4, 0x20) * scale).Store(to);
        (Avx.Permute2x128(q1, q5, 0x20) * scale).Store(to + toStride);
        (Avx.Permute2x128(q2, q6, 0x20) * scale).Store(to + (2 * toStride));
        (Avx.Permute2x128(q3, q7, 0x20) * scale).Store(to + (3 * toStride));
        to += 4 * toStride;
        (Avx.Permute2x128(q0, q4, 0x31) * scale).Store(to);
        (Avx.Permute2x128(q1, q5, 0x31) * scale).Store(to + toStride);
        (Avx.Permute2x128(q2, q6, 0x31) * scale).Store(to + (2 * toStride));
        (Avx.Permute2x128(q3, q7, 0x31) * scale).Store(to + (3 * toStride));
    }
}
