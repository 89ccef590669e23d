namespace DeepKeras.Data;

/// <summary>Elements in a random order, by a buffer that each draws from and refills.</summary>
internal sealed class ShuffleDataset<T> : DerivedDataset<T, T>
{
    private readonly int _bufferSize;
    private readonly ShuffleKeys _keys;

    private ShuffleDataset(Dataset<T> source, int bufferSize, ShuffleKeys keys)
        : base(source) => (_bufferSize, _keys) = (bufferSize, keys);

    public override IReadOnlyList<ShuffleKeys> Orders => [_keys, .. Source.Orders];

    public static Dataset<T> Create(Dataset<T> source, int bufferSize, ShuffleKeys keys) =>
        source is IIndexed<T> indexed ? new IndexedShuffleDataset<T>(indexed, bufferSize, keys) : new ShuffleDataset<T>(source, bufferSize, keys);

    public override IEnumerable<T> Elements()
    {
        var key = _keys.Next();
        return Read(Source.Elements(), key);
    }

    private IEnumerable<T> Read(IEnumerable<T> upstream, ulong key)
    {
        var buffer = new ShuffleBuffer<Held<T>>(key);
        using var pass = upstream.GetEnumerator();
        try
        {
            var more = true;
            while (true)
            {
                while (more && buffer.Count < _bufferSize)
                {
                    Reading.ThrowIfCancelled();
                    more = Held<T>.TryRead(pass, out var held);
                    if (more) buffer.Add(held);
                }
                if (buffer.Count == 0) yield break;
                yield return buffer.Draw().Take();
            }
        }
        finally
        {
            while (buffer.Count > 0) buffer.Draw().Free();
        }
    }
}
