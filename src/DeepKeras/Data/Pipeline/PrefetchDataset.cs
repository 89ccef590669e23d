namespace DeepKeras.Data;

/// <summary>Reads ahead on one thread.</summary>
internal sealed class PrefetchDataset<T>(Dataset<T> source, int bufferSize) : DerivedDataset<T, T>(source)
{
    public override IEnumerable<T> Elements()
    {
        // The upstream draws first, here, as it would without this operator.
        var upstream = Source.Elements();
        return new ParallelPass<T, T>(upstream, static (elements, _) => elements[0], 1, 1, bufferSize, RandomSource.Next());
    }
}
