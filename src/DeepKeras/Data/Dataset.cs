namespace DeepKeras.Data;

/// <summary>A source of batches for <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c>: an enumeration that can be started again for each epoch.</summary>
/// <remarks>
/// Each batch is (inputs, targets, sample weights). Batches are made inside the step's dispose scope: every tensor created while a batch is made is freed after its step.
/// Make what serves several batches (a whole file, an order of the rows) before the enumeration, or keep it with <c>DetachFromDisposeScope()</c>.
/// </remarks>
public abstract class Dataset
{
    /// <summary>Batches per epoch, or <see langword="null"/> when unknown or endless.</summary>
    public virtual int? BatchCount => null;

    /// <summary>Starts one pass over the data.</summary>
    /// <returns>Batches; tensors made for a batch belong to the consumer, who frees them after the step.</returns>
    public abstract IEnumerable<Batch> Batches();

    /// <summary>Batches made by a function that starts a fresh pass each time.</summary>
    /// <remarks><code>var whole = torch.rand(1000, 4);
    /// var data = Dataset.FromBatches(() => Enumerable.Range(0, 10).Select(i => ((TensorData)whole.narrow(0, i * 100, 100), (TensorData)torch.zeros(100, 1))), batchCount: 10);</code></remarks>
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
