namespace DeepKeras.Data;

/// <summary>Keeps what the first complete pass gave, until it is disposed.</summary>
internal sealed class CacheDataset<T>(Dataset<T> source) : DerivedDataset<T, T>(source), IDisposable
{
    private Held<T>[]? _kept;

    public override long? Count => Volatile.Read(ref _kept)?.LongLength ?? Source.Count;

    // The first pass decides; a cache that is empty after a restart must be filled in that order again.
    public override IReadOnlyList<ShuffleKeys> Orders => [];

    public override IEnumerable<T> Elements() => Volatile.Read(ref _kept) is { } kept ? kept.Select(h => h.Value) : Record(Source.Elements());

    /// <summary>Frees what is kept; only for one who knows that nobody reads any more. Otherwise the garbage collector does it.</summary>
    public void Dispose()
    {
        foreach (var held in Interlocked.Exchange(ref _kept, null) ?? []) held.Free();
    }

    private IEnumerable<T> Record(IEnumerable<T> upstream)
    {
        // Elements of a pass that is given up may still be in use by its reader: they are left to the garbage collector.
        var kept = new List<Held<T>>();
        using var pass = upstream.GetEnumerator();
        while (Held<T>.TryRead(pass, out var held))
        {
            kept.Add(held);
            yield return held.Value;
        }
        Interlocked.CompareExchange(ref _kept, [.. kept], null);
    }
}
