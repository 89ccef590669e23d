namespace DeepKeras.Data;

/// <summary>A source of batches for <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c>: an enumeration that can be started again for each epoch.</summary>
/// <remarks>Each batch is (inputs, targets, sample weights). The trainer disposes nothing that the data set keeps.</remarks>
public abstract class Dataset
{
    /// <summary>Batches per epoch, or <see langword="null"/> when unknown or endless.</summary>
    public virtual int? BatchCount => null;

    /// <summary>Starts one pass over the data.</summary>
    /// <returns>Batches; tensors made for a batch belong to the consumer, who frees them after the step.</returns>
    public abstract IEnumerable<Batch> Batches();

    /// <summary>Batches made by a function that starts a fresh pass each time.</summary>
    /// <param name="start">Starts a pass.</param>
    /// <param name="batchCount">Batches per pass where known.</param>
    public static Dataset FromBatches(Func<IEnumerable<(TensorData Inputs, TensorData Targets)>> start, int? batchCount = null) => new FunctionDataset(start, batchCount);

    private sealed class FunctionDataset(Func<IEnumerable<(TensorData Inputs, TensorData Targets)>> start, int? batchCount) : Dataset
    {
        public override int? BatchCount => batchCount;

        public override IEnumerable<Batch> Batches()
        {
            foreach (var (inputs, targets) in start())
            {
                Tensor[] x = [.. inputs.Select(p => p.InOrder(["x"], "input")[0])];
                Tensor[] y = [.. targets.Select(p => p.InOrder(["y"], "target")[0])];
                yield return new Batch(x, y, null, x[0].shape[0]);
            }
        }
    }
}
