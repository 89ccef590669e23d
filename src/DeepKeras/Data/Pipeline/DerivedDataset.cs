namespace DeepKeras.Data;

/// <summary>A data set made from another, with as many elements unless it says otherwise.</summary>
internal abstract class DerivedDataset<TSource, T>(Dataset<TSource> source) : Dataset<T>
{
    public override long? Count => Source.Count;

    public override IReadOnlyList<ShuffleKeys> Orders => Source.Orders;

    internal override bool IsEndless => Source.IsEndless;

    protected Dataset<TSource> Source { get; } = source;
}
