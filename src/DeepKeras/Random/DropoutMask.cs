using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepKeras;

/// <summary>
/// Fills float memory with 0 (probability <c>rate</c>) and a given value (else). torch draws its Bernoulli numbers one after the other;
/// this draws eight at a time, with one xoshiro128++ generator (Blackman and Vigna 2018) per vector lane.
/// </summary>
/// <remarks>
/// The memory is cut into blocks of a fixed length, each with generators of its own, seeded from the key and the block's number.
/// So the same key gives the same mask on every machine, whatever the number of threads.
/// </remarks>
internal static class DropoutMask
{
    private const int BlockLength = 1 << 14;
    private const int ParallelLength = 1 << 20;

    /// <summary>Fills the memory.</summary>
    /// <param name="mask">What to fill.</param>
    /// <param name="rate">The probability of 0, from 0 to 1.</param>
    /// <param name="kept">The other value.</param>
    /// <param name="key">Decides everything.</param>
    /// <param name="threads">How many threads may share the work.</param>
    public static unsafe void Fill(Span<float> mask, double rate, float kept, ulong key, int threads)
    {
        // A draw r is uniform over all 32-bit integers, and kept where r > threshold.
        var threshold = (int)Math.Clamp(Math.Round(rate * 4294967296.0) - 2147483649.0, int.MinValue, int.MaxValue);
        var length = mask.Length;
        var blocks = (length + BlockLength - 1) / BlockLength;
        fixed (float* start = mask)
        {
            if (threads < 2 || length < ParallelLength)
            {
                for (var block = 0; block < blocks; block++) FillBlock(start, length, block, threshold, kept, key);
                return;
            }
            var address = (nint)start;
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, block => FillBlock((float*)address, length, block, threshold, kept, key));
        }
    }

    // Compiled once and fully: the first masks of a run are as large as the last. The states must stay local variables, or they leave the registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void FillBlock(float* mask, int length, int block, int threshold, float kept, ulong key)
    {
        var begin = block * BlockLength;
        var count = Math.Min(BlockLength, length - begin);
        var target = mask + begin;
        Span<ulong> seeds = stackalloc ulong[16];
        var state = RandomSource.Mix(key + ((ulong)(block + 1) * 0xD1342543DE82EF95UL));
        foreach (ref var seed in seeds) seed = RandomSource.Mix(state += 0x9E3779B97F4A7C15UL);
        var words = MemoryMarshal.Cast<ulong, uint>(seeds);
        var s0 = Vector256.Create<uint>(words);
        var s1 = Vector256.Create<uint>(words[8..]);
        var s2 = Vector256.Create<uint>(words[16..]);
        var s3 = Vector256.Create<uint>(words[24..]);
        var bound = Vector256.Create(threshold);
        var value = Vector256.Create(kept);
        for (var done = 0; done < count; done += Vector256<float>.Count)
        {
            var sum = s0 + s3;
            var draw = ((sum << 7) | (sum >>> 25)) + s0;
            var shifted = s1 << 9;
            s2 ^= s0;
            s3 ^= s1;
            s1 ^= s2;
            s0 ^= s3;
            s2 ^= shifted;
            s3 = (s3 << 11) | (s3 >>> 21);
            var lanes = Vector256.GreaterThan(draw.AsInt32(), bound).AsSingle() & value;
            if (done + Vector256<float>.Count <= count) lanes.Store(target + done);
            else for (var lane = 0; done + lane < count; lane++) target[done + lane] = lanes.GetElement(lane);
        }
    }
}
