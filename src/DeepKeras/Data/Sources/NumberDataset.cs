namespace DeepKeras.Data;

/// <summary>The numbers from 0 on.</summary>
internal sealed class NumberDataset(long count) : IndexedDataset<long>, IElements<long>
{
    public override long Length => count;

    public override IElements<long> Store => this;

    public override RowOrder StartPass() => new(null, 0, count);

    public long Get(long row) => row;
}
