namespace DeepKeras.Data;

/// <summary>Some elements in a row: those before are read and freed, those after are never read.</summary>
internal sealed class RangeDataset<T>(Dataset<T> source, long start, long? length) : DerivedDataset<T, T>(source)
{
    public override long? Count
    {
        get
        {
            if (Source.IsEndless) return length;
            return Source.Count is { } whole ? Math.Min(Math.Max(0, whole - start), length ?? long.MaxValue) : null;
        }
    }

    internal override bool IsEndless => length is null && Source.IsEndless;

    public override IEnumerable<T> Elements() => length == 0 ? [] : Read(Source.Elements());

    private IEnumerable<T> Read(IEnumerable<T> upstream)
    {
        using var pass = upstream.GetEnumerator();
        for (long skipped = 0; skipped < start; skipped++)
        {
            Reading.ThrowIfCancelled();
            if (!Held<T>.TryRead(pass, out var held)) yield break;
            held.Free();
        }
        for (long taken = 0; !(taken >= length) && pass.MoveNext(); taken++) yield return pass.Current;
    }
}
