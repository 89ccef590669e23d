namespace DeepKeras.Data;

/// <summary>Keeps what the first complete pass gave.</summary>
internal sealed class CacheDataset<T>(Dataset<T> source) : DerivedDataset<T, T>(source)
{
    private T[]? _kept;

    public override long? Count => Volatile.Read(ref _kept)?.LongLength ?? Source.Count;

    public override IEnumerable<T> Elements() => Volatile.Read(ref _kept) ?? Record(Source.Elements());

    private IEnumerable<T> Record(IEnumerable<T> upstream)
    {
        // Elements of a pass that is given up may still be in use by its reader: they are left to the garbage collector.
        var kept = new List<T>();
        using var pass = upstream.GetEnumerator();
        while (Held<T>.TryRead(pass, out var held))
        {
            kept.Add(held.Value);
            yield return held.Value;
        }
        Interlocked.CompareExchange(ref _kept, [.. kept], null);
    }
}
