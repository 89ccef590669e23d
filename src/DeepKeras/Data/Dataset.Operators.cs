namespace DeepKeras.Data;

/// <content>The operators that work on any element.</content>
public abstract partial class Dataset<T>
{
    /// <summary>Applies a function to each element; the order stays, however many threads work.</summary>
    /// <remarks>
    /// Random numbers of DeepKeras that the function draws (through layers such as Dropout and the augmentation layers, or
    /// <see cref="Dataset.NewRandom"/>) depend on the seed, the pass and the element's number alone: the same for any number of workers,
    /// others in each epoch. The function records no gradients. With workers the elements before it are read by the worker threads in turn.
    /// An exception reaches the reader at once, before elements that are ready, with the element's number and the original as its inner exception.
    /// </remarks>
    /// <typeparam name="TResult">What the function makes.</typeparam>
    /// <param name="map">The function; with workers it must be safe to call from several threads.</param>
    /// <param name="workers">How many threads run it ahead of the reader; 0 (the default) runs it in the reading thread. At most twice as many elements (with <c>Batch</c> behind it: batches) as workers are ahead.</param>
    /// <exception cref="KerasException"><paramref name="workers"/> is negative.</exception>
    public Dataset<TResult> Map<TResult>(Func<T, TResult> map, int workers = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new MapDataset<T, TResult>(this, map, AtLeast(0, nameof(workers), workers));
    }

    /// <summary>Keeps the elements for which a condition holds.</summary>
    /// <param name="keep">The condition.</param>
    public Dataset<T> Filter(Func<T, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return new FilterDataset<T>(this, keep);
    }

    /// <summary>
    /// Mixes the order: a buffer is filled with the first elements, each step takes one of them at random and puts the next element into its place
    /// (as tf.data does). A buffer of at least <see cref="Count"/> elements mixes fully; rows of tensors in memory cost only their numbers.
    /// </summary>
    /// <param name="bufferSize">How many elements the buffer holds, at least 1.</param>
    /// <param name="seed">Decides the order by itself; by default it follows <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="reshuffleEachIteration">Whether each pass has an order of its own; else all have the first one's.</param>
    public Dataset<T> Shuffle(int bufferSize, int? seed = null, bool reshuffleEachIteration = true) =>
        ShuffleDataset<T>.Create(this, AtLeast(1, nameof(bufferSize), bufferSize), new(seed, reshuffleEachIteration));

    /// <summary>Passes over the data one after the other.</summary>
    /// <param name="count">How many; endless by default.</param>
    public Dataset<T> Repeat(int? count = null) => new RepeatDataset<T>(this, count is { } times ? AtLeast(0, nameof(count), times) : null);

    /// <summary>Keeps the elements of the first complete pass in memory and gives them in every later one, without reading what comes before.</summary>
    /// <remarks>Put random augmentation behind it, or all epochs see the same. The kept tensors are handed out themselves: change none of them in place.</remarks>
    /// <exception cref="KerasException">The data set is endless.</exception>
    public Dataset<T> Cache() => IsEndless ? throw Throw.CacheEndless() : new CacheDataset<T>(this);

    /// <summary>The first elements.</summary>
    /// <param name="count">How many at most.</param>
    public Dataset<T> Take(long count) => RangeOf(0, AtLeast(0, nameof(count), count));

    /// <summary>All but the first elements.</summary>
    /// <param name="count">How many are left out.</param>
    public Dataset<T> Skip(long count) => RangeOf(AtLeast(0, nameof(count), count), null);

    /// <summary>Pairs of elements of two data sets, as long as the shorter.</summary>
    /// <typeparam name="TOther">The other's element.</typeparam>
    /// <param name="other">The second one.</param>
    public Dataset<(T First, TOther Second)> Zip<TOther>(Dataset<TOther> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ZipDataset<T, TOther>(this, other);
    }

    /// <summary>The elements of this data set, then those of another.</summary>
    /// <param name="other">What follows.</param>
    public Dataset<T> Concatenate(Dataset<T> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ConcatenateDataset<T>(this, other);
    }

    /// <summary>Reads ahead on a thread of its own, so that reading and training overlap. Order and random numbers stay the same.</summary>
    /// <param name="bufferSize">How many elements may be ready, at least 1.</param>
    public Dataset<T> Prefetch(int bufferSize) => new PrefetchDataset<T>(this, AtLeast(1, nameof(bufferSize), bufferSize));

    private Dataset<T> RangeOf(long start, long? length) => this is IIndexed<T> indexed ? new IndexedRangeDataset<T>(indexed, start, length) : new RangeDataset<T>(this, start, length);

    private static int AtLeast(int least, string argument, int value) => value >= least ? value : throw Throw.OutOfRange(argument, $"at least {least}", value);

    private static long AtLeast(long least, string argument, long value) => value >= least ? value : throw Throw.OutOfRange(argument, $"at least {least}", value);
}
