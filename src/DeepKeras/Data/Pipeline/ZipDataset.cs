namespace DeepKeras.Data;

/// <summary>Two data sets side by side.</summary>
internal sealed class ZipDataset<TFirst, TSecond>(Dataset<TFirst> first, Dataset<TSecond> second) : Dataset<(TFirst First, TSecond Second)>
{
    public override long? Count
    {
        get
        {
            if (first.IsEndless) return second.Count;
            if (second.IsEndless) return first.Count;
            return first.Count is { } a && second.Count is { } b ? Math.Min(a, b) : null;
        }
    }

    public override IReadOnlyList<ShuffleKeys> Orders => [.. first.Orders, .. second.Orders];

    internal override bool IsEndless => first.IsEndless && second.IsEndless;

    public override IEnumerable<(TFirst First, TSecond Second)> Elements()
    {
        // Keys of their own: what one draws does not change what the other draws.
        var (one, two) = (RandomSource.Next(), RandomSource.Next());
        IEnumerable<TFirst> left;
        IEnumerable<TSecond> right;
        using (RandomSource.Use(new RandomKeys(one))) left = first.Elements();
        using (RandomSource.Use(new RandomKeys(two))) right = second.Elements();
        return left.Zip(right);
    }
}
