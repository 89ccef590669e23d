namespace DeepKeras.Data;

/// <summary>A map whose threads can stack what they make, so that a batch crosses between threads instead of its samples.</summary>
internal interface IStackingMap<out T>
{
    /// <summary>Starts a pass over batches.</summary>
    /// <param name="toSample">What is stacked of each element.</param>
    /// <param name="batchSize">Samples per batch; the last may have fewer.</param>
    /// <returns>The batches, or <see langword="null"/> when there are no threads.</returns>
    IEnumerable<Batch>? StackInWorkers(Func<T, Sample> toSample, int batchSize);
}
