namespace DeepKeras.Data;

/// <summary>A function over the elements, in the reading thread or in threads of its own.</summary>
internal sealed class MapDataset<TSource, T>(Dataset<TSource> source, Func<TSource, T> map, int workers) : DerivedDataset<TSource, T>(source)
{
    public override IEnumerable<T> Elements()
    {
        // Drawn here, in the thread that starts the pass, and before the upstream draws: the same whatever the number of workers.
        var key = RandomSource.Next();
        var upstream = Source.Elements();
        return workers == 0
            ? Read(upstream, key)
            : new ParallelPass<TSource, T>(upstream, (element, index) => Apply(element, index, key), workers, 2 * workers, RandomKeys.Of(key, -1));
    }

    private IEnumerable<T> Read(IEnumerable<TSource> upstream, ulong key)
    {
        var upstreamKeys = new RandomKeys(RandomKeys.Of(key, -1));
        IEnumerator<TSource> pass;
        using (RandomSource.Use(upstreamKeys)) pass = upstream.GetEnumerator();
        using (pass)
        {
            for (long index = 0; ; index++)
            {
                using (RandomSource.Use(upstreamKeys))
                {
                    if (!pass.MoveNext()) yield break;
                }
                T result;
                using (torch.no_grad()) result = Apply(pass.Current, index, key);
                yield return result;
            }
        }
    }

    private T Apply(TSource element, long index, ulong key)
    {
        using var random = RandomSource.Use(new RandomKeys(RandomKeys.Of(key, index)));
        try
        {
            return map(element);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw Throw.MapFailed(index, failure);
        }
    }
}
