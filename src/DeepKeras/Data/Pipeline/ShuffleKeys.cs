namespace DeepKeras.Data;

/// <summary>What decides the order of each pass of a shuffle.</summary>
/// <param name="seed">The user's seed; null to follow the session.</param>
/// <param name="reshuffles">Whether each pass has an order of its own.</param>
internal sealed class ShuffleKeys(int? seed, bool reshuffles)
{
    private readonly Lock _lock = new();
    private long _passes;
    private ulong? _first;

    public ulong Next()
    {
        lock (_lock)
        {
            if (!reshuffles) return _first ??= seed is { } only ? RandomKeys.Of((ulong)only, 0) : RandomSource.Next();
            return seed is { } own ? RandomKeys.Of((ulong)own, _passes++) : RandomSource.Next();
        }
    }
}
