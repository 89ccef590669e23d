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
    private const int ParallelLength = 1 << 18;

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

    private static unsafe void FillBlock(float* mask, int length, int block, int threshold, float kept, ulong key)
    {
        var begin = block * BlockLength;
        var count = Math.Min(BlockLength, length - begin);
        var target = mask + begin;
        Span<ulong> seeds = stackalloc ulong[16];
        var state = RandomSource.Mix(key + ((ulong)(block + 1) * 0xD1342543DE82EF95UL));
        foreach (ref var seed in seeds) seed = RandomSource.Mix(state += 0x9E3779B97F4A7C15UL);
        var words = MemoryMarshal.Cast<ulong, uint>(seeds);
        var (s0, s1, s2, s3) = (Vector256.Create<uint>(words), Vector256.Create<uint>(words[8..]), Vector256.Create<uint>(words[16..]), Vector256.Create<uint>(words[24..]));
        var bound = Vector256.Create(threshold);
        var value = Vector256.Create(kept);

        var done = 0;
        for (; done + 8 <= count; done += 8) (Next(ref s0, ref s1, ref s2, ref s3, bound) & value).Store(target + done);
        if (done == count) return;
        var last = Next(ref s0, ref s1, ref s2, ref s3, bound) & value;
        for (var lane = 0; done < count; done++, lane++) target[done] = last.GetElement(lane);
    }

    // One xoshiro128++ step in every lane; all bits set where the draw is above the bound.
    private static Vector256<float> Next(ref Vector256<uint> s0, ref Vector256<uint> s1, ref Vector256<uint> s2, ref Vector256<uint> s3, Vector256<int> bound)
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
        return Vector256.GreaterThan(draw.AsInt32(), bound).AsSingle();
    }
}
