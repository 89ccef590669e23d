namespace DeepKeras.Data;

/// <summary>Where data sets start: from tensors, arrays, files, enumerations, other libraries' data sets; and the operators on samples and batches.</summary>
public static partial class Dataset
{
    /// <summary>The rows of tensors or arrays that lie in memory, one <see cref="Sample"/> per row.</summary>
    /// <remarks><code>var data = Dataset.FromTensors(x, y).Shuffle(1000).Batch(32);</code>
    /// Shuffling and batching it gathers rows directly: as fast as <c>Fit(x, y)</c>.</remarks>
    /// <param name="x">Inputs: a tensor, an array, several of them, or a dictionary by input name. They are used, not copied.</param>
    /// <param name="y">Targets, if any.</param>
    /// <param name="sampleWeight">A weight per sample (one tensor per target), if any.</param>
    /// <exception cref="KerasException">The tensors have different numbers of rows, or none.</exception>
    public static Dataset<Sample> FromTensors(TensorData x, TensorData? y = null, TensorData? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        return TensorRows.Read(x, y, sampleWeight);
    }

    /// <summary>The elements of a collection or of any enumeration that can be started again.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="elements">The elements; lists are read by number, so that shuffling costs nothing.</param>
    public static Dataset<T> From<T>(IEnumerable<T> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return elements is IReadOnlyList<T> list ? new ListDataset<T>(list) : new EnumerableDataset<T>(() => elements, elements.TryGetNonEnumeratedCount(out var count) ? count : null);
    }

    /// <summary>The elements of an enumeration that a function starts for each pass.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="start">Starts a pass.</param>
    /// <param name="count">Elements per pass where known.</param>
    public static Dataset<T> From<T>(Func<IEnumerable<T>> start, long? count = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new EnumerableDataset<T>(start, count);
    }

    /// <summary>The numbers 0 … <paramref name="count"/> − 1.</summary>
    /// <param name="count">How many.</param>
    public static Dataset<long> Range(long count) => count < 0 ? throw Throw.OutOfRange(nameof(count), "at least 0", count) : new NumberDataset(count);

    /// <summary>Pairs of elements of two data sets, as long as the shorter: images and labels, for instance.</summary>
    /// <typeparam name="TFirst">The first's element.</typeparam>
    /// <typeparam name="TSecond">The second's element.</typeparam>
    /// <param name="first">The first one.</param>
    /// <param name="second">The second one.</param>
    public static Dataset<(TFirst First, TSecond Second)> Zip<TFirst, TSecond>(Dataset<TFirst> first, Dataset<TSecond> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        return first.Zip(second);
    }

    /// <summary>Batches made by a function that starts a fresh pass each time.</summary>
    /// <remarks><code>var whole = torch.rand(1000, 4);
    /// var data = Dataset.FromBatches(() => Enumerable.Range(0, 10).Select(i => ((TensorData)whole.narrow(0, i * 100, 100), (TensorData)torch.zeros(100, 1))), batchCount: 10);</code></remarks>
    /// <param name="start">Starts a pass.</param>
    /// <param name="batchCount">Batches per pass where known.</param>
    public static Dataset<Batch> FromBatches(Func<IEnumerable<(TensorData Inputs, TensorData Targets)>> start, long? batchCount = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new EnumerableDataset<Batch>(() => start().Select(b => TensorRows.ToBatch(b.Inputs, b.Targets, null)), batchCount);
    }

    /// <summary>Batches with sample weights, made by a function that starts a fresh pass each time.</summary>
    /// <param name="start">Starts a pass.</param>
    /// <param name="batchCount">Batches per pass where known.</param>
    public static Dataset<Batch> FromBatches(Func<IEnumerable<(TensorData Inputs, TensorData Targets, TensorData SampleWeight)>> start, long? batchCount = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        return new EnumerableDataset<Batch>(() => start().Select(b => TensorRows.ToBatch(b.Inputs, b.Targets, b.SampleWeight)), batchCount);
    }

    /// <summary>
    /// A generator of random numbers for a function inside <c>Map</c>: seeded there from the pass and the element's number, so that results are
    /// the same whatever the number of workers; elsewhere from <see cref="Keras.SetRandomSeed"/>.
    /// </summary>
    public static Random NewRandom() => new(RandomSource.NextSeed());
}
