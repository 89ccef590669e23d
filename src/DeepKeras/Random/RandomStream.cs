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

    /// <summary>How many keys a seeded stream has given; a checkpoint keeps it.</summary>
    public long Draws
    {
        get => Volatile.Read(ref _draws);
        set => Volatile.Write(ref _draws, value);
    }

    /// <summary>The next key.</summary>
    public ulong Next() => seed is { } own
        ? RandomSource.Mix(RandomSource.Mix(unchecked((ulong)own) + 0x9E3779B97F4A7C15UL) + ((ulong)Interlocked.Increment(ref _draws) * 0x9E3779B97F4A7C15UL))
        : RandomSource.Next();
}
