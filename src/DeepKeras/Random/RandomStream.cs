namespace DeepKeras;

/// <summary>
/// Where a layer's random numbers start: a fresh 64-bit key per draw, from the session's <see cref="RandomSource"/>,
/// or from a counter of its own where the user gave the layer a seed.
/// </summary>
/// <param name="seed">The user's seed; null to follow <see cref="Keras.SetRandomSeed"/>.</param>
internal sealed class RandomStream(int? seed)
{
    private long _draws;

    /// <summary>Whether the keys do not depend on the session.</summary>
    public bool HasSeed => seed is not null;

    /// <summary>Whether a draw must not come from torch's own generator: the stream has a seed, or an element of a data set has keys of its own.</summary>
    public bool NeedsGenerator => HasSeed || RandomSource.IsKeyed;

    /// <summary>How many keys a seeded stream has given; a checkpoint keeps it.</summary>
    public long Draws
    {
        get => Volatile.Read(ref _draws);
        set => Volatile.Write(ref _draws, value);
    }

    /// <summary>The next key.</summary>
    /// <remarks>Inside a data set's Map it depends on the element instead of on how many draws other threads have made.</remarks>
    public ulong Next()
    {
        if (seed is not { } own) return RandomSource.Next();
        var key = RandomSource.Mix(unchecked((ulong)own) + 0x9E3779B97F4A7C15UL);
        var draw = RandomSource.KeysReplaceSeeds ? RandomSource.Next() : (ulong)Interlocked.Increment(ref _draws) * 0x9E3779B97F4A7C15UL;
        return RandomSource.Mix(key + draw);
    }
}
