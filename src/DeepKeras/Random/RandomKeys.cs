namespace DeepKeras;

/// <summary>Random numbers that depend on one key alone. One thread uses it at a time.</summary>
/// <param name="key">Decides everything.</param>
/// <param name="keepsSeeds">Whether layers with a seed go on with it, as without these keys.</param>
internal sealed class RandomKeys(ulong key, bool keepsSeeds = false)
{
    private ulong _state = key;

    /// <summary>Whether layers with a seed go on with it.</summary>
    public bool KeepsSeeds => keepsSeeds;

    /// <summary>The key of a part: of an element of a pass, of a pass of a data set.</summary>
    public static ulong Of(ulong key, long part) => RandomSource.Mix(RandomSource.Mix(key) + ((ulong)part * 0xD1342543DE82EF95UL));

    /// <summary>64 fresh random bits.</summary>
    public ulong Next() => RandomSource.Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <summary>A number from 0 to <paramref name="bound"/> − 1.</summary>
    public ulong Below(ulong bound) => Math.BigMul(Next(), bound, out _);
}
