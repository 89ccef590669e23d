namespace DeepKeras.Data;

/// <summary>The same order as <see cref="ShuffleDataset{T}"/> gives, made by moving row numbers.</summary>
internal sealed class IndexedShuffleDataset<T>(IIndexed<T> source, int bufferSize, ShuffleKeys keys) : IndexedDataset<T>
{
    public override long Length => source.Length;

    public override IElements<T> Store => source.Store;

    public override IReadOnlyList<ShuffleKeys> Orders => [keys, .. source.Orders];

    public override RowOrder StartPass()
    {
        var buffer = new ShuffleBuffer<long>(keys.Next());
        var rows = source.StartPass();
        var order = new long[rows.Count];
        long read = 0;
        for (var i = 0; i < order.Length; i++)
        {
            while (read < rows.Count && buffer.Count < bufferSize) buffer.Add(rows[read++]);
            order[i] = buffer.Draw();
        }
        return new(order, 0, order.Length);
    }
}
