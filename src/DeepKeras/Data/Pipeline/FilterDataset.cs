namespace DeepKeras.Data;

/// <summary>Some of the elements; the tensors of the others are freed at once.</summary>
internal sealed class FilterDataset<T>(Dataset<T> source, Func<T, bool> keep) : DerivedDataset<T, T>(source)
{
    public override long? Count => null;

    public override IEnumerable<T> Elements() => Read(Source.Elements());

    private IEnumerable<T> Read(IEnumerable<T> upstream)
    {
        using var pass = upstream.GetEnumerator();
        while (Held<T>.TryRead(pass, out var held))
        {
            Reading.ThrowIfCancelled();
            bool keeps;
            using (var scope = torch.NewDisposeScope())
            {
                keeps = keep(held.Value);
            }
            if (keeps) yield return held.Take();
            else held.Free();
        }
    }
}
