namespace DeepKeras.Data;

/// <content>From samples to batches and back, and maps over (x, y).</content>
public static partial class Dataset
{
    /// <summary>Stacks samples: (…) → (batchSize, …). The last batch may be smaller.</summary>
    /// <param name="source">The samples, all of one shape and element type.</param>
    /// <param name="batchSize">Samples per batch, at least 1.</param>
    /// <param name="dropRemainder">Whether a last, smaller batch is left out.</param>
    /// <exception cref="KerasException">While reading: samples differ in shape, element type or number of tensors.</exception>
    public static Dataset<Batch> Batch(this Dataset<Sample> source, int batchSize, bool dropRemainder = false) => Batched(source, s => s, batchSize, dropRemainder);

    /// <summary>Stacks pairs of one input and one target.</summary>
    /// <param name="source">The pairs.</param>
    /// <param name="batchSize">Samples per batch, at least 1.</param>
    /// <param name="dropRemainder">Whether a last, smaller batch is left out.</param>
    public static Dataset<Batch> Batch(this Dataset<(Tensor X, Tensor Y)> source, int batchSize, bool dropRemainder = false) => Batched(source, p => new Sample(p.X, p.Y), batchSize, dropRemainder);

    /// <summary>Stacks inputs without targets, for <c>Predict</c>.</summary>
    /// <param name="source">The inputs.</param>
    /// <param name="batchSize">Samples per batch, at least 1.</param>
    /// <param name="dropRemainder">Whether a last, smaller batch is left out.</param>
    public static Dataset<Batch> Batch(this Dataset<Tensor> source, int batchSize, bool dropRemainder = false) => Batched(source, x => new Sample([x], []), batchSize, dropRemainder);

    /// <summary>The samples of each batch, one by one.</summary>
    /// <param name="source">The batches.</param>
    public static Dataset<Sample> Unbatch(this Dataset<Batch> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new UnbatchDataset(source);
    }

    /// <summary>Applies a function to input and target of each sample; weights go along.</summary>
    /// <remarks><code>data.Map((image, label) => (image.to_type(ScalarType.Float32) / 255, label), workers: 2)</code></remarks>
    /// <param name="source">Samples with one input and one target.</param>
    /// <param name="map">The function.</param>
    /// <param name="workers">Threads that run it ahead of the reader; 0 runs it in the reading thread.</param>
    public static Dataset<Sample> Map(this Dataset<Sample> source, Func<Tensor, Tensor, (Tensor X, Tensor Y)> map, int workers = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(map);
        return source.Map(
            sample =>
            {
                if (sample.Inputs.Length != 1 || sample.Targets.Length != 1) throw Throw.MapOfPair("sample", sample.Inputs.Length, sample.Targets.Length);
                var (x, y) = map(sample.Inputs[0], sample.Targets[0]);
                return sample with { Inputs = [x], Targets = [y] };
            },
            workers);
    }

    /// <summary>Applies a function to inputs and targets of each batch; weights go along.</summary>
    /// <param name="source">Batches with one input and one target.</param>
    /// <param name="map">The function, from (batch, …) to (batch, …).</param>
    /// <param name="workers">Threads that run it ahead of the reader; 0 runs it in the reading thread.</param>
    public static Dataset<Batch> Map(this Dataset<Batch> source, Func<Tensor, Tensor, (Tensor X, Tensor Y)> map, int workers = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(map);
        return source.Map(
            batch =>
            {
                if (batch.Inputs.Length != 1 || batch.Targets.Length != 1) throw Throw.MapOfPair("batch", batch.Inputs.Length, batch.Targets.Length);
                var (x, y) = map(batch.Inputs[0], batch.Targets[0]);
                return batch with { Inputs = [x], Targets = [y], Count = x.size(0) };
            },
            workers);
    }

    private static BatchDataset<T> Batched<T>(Dataset<T> source, Func<T, Sample> toSample, int batchSize, bool dropRemainder)
    {
        ArgumentNullException.ThrowIfNull(source);
        return batchSize >= 1 ? new(source, toSample, batchSize, dropRemainder) : throw Throw.OutOfRange(nameof(batchSize), "at least 1", batchSize);
    }
}
