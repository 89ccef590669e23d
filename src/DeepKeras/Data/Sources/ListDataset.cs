namespace DeepKeras.Data;

/// <summary>The elements of a list.</summary>
internal sealed class ListDataset<T>(IReadOnlyList<T> list) : IndexedDataset<T>, IElements<T>
{
    public override long Length => list.Count;

    public override IElements<T> Store => this;

    public override RowOrder StartPass() => new(null, 0, list.Count);

    public T Get(long row) => list[(int)row];
}
