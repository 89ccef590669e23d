namespace DeepKeras.Data;

/// <summary>An enumeration that a function starts.</summary>
internal sealed class EnumerableDataset<T>(Func<IEnumerable<T>> start, long? count) : Dataset<T>
{
    public override long? Count => count;

    public override IEnumerable<T> Elements()
    {
        foreach (var element in start()) yield return element;
    }
}
