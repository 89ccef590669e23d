using DeepKeras.Training;

namespace DeepKeras.Data;

/// <summary>A function over the elements, in the reading thread or in threads of its own.</summary>
internal sealed class MapDataset<TSource, T>(Dataset<TSource> source, Func<TSource, T> map, int workers) : DerivedDataset<TSource, T>(source), IStackingMap<T>
{
    public override IEnumerable<T> Elements()
    {
        // Each batch takes as much memory as the last one gave back.
        _ = HostMemory.KeepFreed();
        var (upstream, key) = Start();
        return workers == 0 ? Read(upstream, key) : InWorkers(upstream, (elements, first) => Apply(elements[0], first, key), 1, key);
    }

    public IEnumerable<Batch>? StackInWorkers(Func<T, Sample> toSample, int batchSize)
    {
        if (workers == 0) return null;
        var (upstream, key) = Start();
        return InWorkers(upstream, (elements, first) => Stack(elements, first, key, toSample), batchSize, key);
    }

    /// <summary>The key is drawn in the thread that starts the pass, before the upstream draws: the same whatever the number of workers.</summary>
    private (IEnumerable<TSource> Upstream, ulong Key) Start()
    {
        var key = RandomSource.Next();
        return (Source.Elements(), key);
    }

    private ParallelPass<TSource, TResult> InWorkers<TResult>(IEnumerable<TSource> upstream, Func<TSource[], long, TResult> step, int take, ulong key) =>
        new(upstream, step, take, workers, 2 * workers, RandomKeys.Of(key, -1));

    private Batch Stack(TSource[] elements, long first, ulong key, Func<T, Sample> toSample)
    {
        var stack = new SampleStack(elements.Length, first);
        for (var i = 0; i < elements.Length; i++)
        {
            // What was made for a sample is freed as soon as it is copied.
            using var scope = torch.NewDisposeScope();
            stack.Add(toSample(Apply(elements[i], first + i, key)));
        }
        return stack.ToBatch();
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
