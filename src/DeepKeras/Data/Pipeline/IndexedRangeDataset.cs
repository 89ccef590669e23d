namespace DeepKeras.Data;

/// <summary>Some elements in a row of a data set that knows them by number.</summary>
internal sealed class IndexedRangeDataset<T>(IIndexed<T> source, long start, long? length) : IndexedDataset<T>
{
    public override long Length => new RowOrder(null, 0, source.Length).Range(start, length).Count;

    public override IElements<T> Store => source.Store;

    public override IReadOnlyList<ShuffleKeys> Orders => source.Orders;

    public override RowOrder StartPass() => source.StartPass().Range(start, length);
}
