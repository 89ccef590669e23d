namespace DeepKeras;

/// <summary>
/// DeepKeras's own random numbers: a counter-based generator (SplitMix64 over a 64-bit state) from which seeds, shuffles and dropout masks come,
/// so that <see cref="Keras.SetRandomSeed"/> makes a run repeat bit for bit and a checkpoint can save the state as one number.
/// </summary>
internal static class RandomSource
{
    private static readonly Lock s_lock = new();
    private static ulong s_state = (ulong)Environment.TickCount64 * 0x9E3779B97F4A7C15UL;

    [ThreadStatic]
    private static RandomKeys? s_keys;

    /// <summary>The whole state.</summary>
    public static ulong State
    {
        get { lock (s_lock) return s_state; }
        set { lock (s_lock) s_state = value; }
    }

    /// <summary>Whether this thread draws from keys of its own instead of the session.</summary>
    public static bool IsKeyed => s_keys is not null;

    /// <summary>Whether these keys stand in for the counters of layers with a seed, too.</summary>
    public static bool KeysReplaceSeeds => s_keys is { KeepsSeeds: false };

    /// <summary>64 fresh random bits: of the session, or of the keys in <see cref="Use"/>.</summary>
    public static ulong Next()
    {
        if (s_keys is { } keys) return keys.Next();
        lock (s_lock) return Mix(s_state += 0x9E3779B97F4A7C15UL);
    }

    /// <summary>This thread draws from <paramref name="keys"/> until the end of the scope, so that what it draws does not depend on other threads.</summary>
    public static KeyScope Use(RandomKeys? keys)
    {
        var scope = new KeyScope(s_keys);
        s_keys = keys ?? s_keys;
        return scope;
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

    internal readonly ref struct KeyScope(RandomKeys? before)
    {
        private readonly RandomKeys? _before = before;

        public void Dispose() => s_keys = _before;
    }
}
