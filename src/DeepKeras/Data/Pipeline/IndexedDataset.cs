namespace DeepKeras.Data;

/// <summary>The base of data sets whose elements can be fetched by number.</summary>
internal abstract class IndexedDataset<T> : Dataset<T>, IIndexed<T>
{
    public override long? Count => Length;

    public abstract long Length { get; }

    public abstract IElements<T> Store { get; }

    public abstract RowOrder StartPass();

    public override IEnumerable<T> Elements() => Read(StartPass());

    private IEnumerable<T> Read(RowOrder order)
    {
        for (long i = 0; i < order.Count; i++) yield return Store.Get(order[i]);
    }
}
