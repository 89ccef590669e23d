namespace DeepKeras.Data;

/// <summary>A data set of TorchSharp's kind.</summary>
internal sealed class TorchDataset<T>(torch.utils.data.Dataset<T> source) : IndexedDataset<T>, IElements<T>
{
    public override long Length => source.Count;

    public override IElements<T> Store => this;

    public override RowOrder StartPass() => new(null, 0, source.Count);

    public T Get(long row) => source.GetTensor(row);
}
