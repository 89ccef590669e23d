namespace DeepKeras.Data;

/// <summary>One data set after the other.</summary>
internal sealed class ConcatenateDataset<T>(Dataset<T> first, Dataset<T> second) : Dataset<T>
{
    public override long? Count => IsEndless ? null : first.Count + second.Count;

    public override IReadOnlyList<ShuffleKeys> Orders => [.. first.Orders, .. second.Orders];

    internal override bool IsEndless => first.IsEndless || second.IsEndless;

    public override IEnumerable<T> Elements()
    {
        var (one, two) = (RandomSource.Next(), RandomSource.Next());
        IEnumerable<T> before, after;
        using (RandomSource.Use(new RandomKeys(one))) before = first.Elements();
        using (RandomSource.Use(new RandomKeys(two))) after = second.Elements();
        return before.Concat(after);
    }
}
