namespace DeepKeras;

/// <summary>
/// DeepKeras's own random numbers: a counter-based generator (SplitMix64 over a 64-bit state) from which seeds, shuffles and dropout masks come,
/// so that <see cref="Keras.SetRandomSeed"/> makes a run repeat bit for bit and a checkpoint can save the state as one number.
/// </summary>
internal static class RandomSource
{
    private static readonly Lock s_lock = new();
    private static ulong s_state = (ulong)Environment.TickCount64 * 0x9E3779B97F4A7C15UL;

    /// <summary>The whole state.</summary>
    public static ulong State
    {
        get { lock (s_lock) return s_state; }
        set { lock (s_lock) s_state = value; }
    }

    /// <summary>64 fresh random bits.</summary>
    public static ulong Next()
    {
        lock (s_lock) return Mix(s_state += 0x9E3779B97F4A7C15UL);
    }

    /// <summary>A seed for an initializer or a generator: 0 … 2³¹ − 1.</summary>
    public static int NextSeed() => (int)(Next() >> 33);

    /// <summary>A random order of 0 … count − 1 (Fisher–Yates).</summary>
    public static long[] Permutation(long count)
    {
        var order = new long[count];
        var state = Next();
        for (long i = 0; i < count; i++)
        {
            var j = (long)(Math.BigMul(Mix(state += 0x9E3779B97F4A7C15UL), (ulong)(i + 1), out _));
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
