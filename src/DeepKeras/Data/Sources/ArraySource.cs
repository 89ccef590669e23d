using DeepKeras.Training;

namespace DeepKeras.Data;

/// <summary>Cuts tensors that lie in memory into batches, in order or by a permutation.</summary>
internal sealed class ArraySource(Tensor[] inputs, Tensor[] targets, Tensor?[]? weights, int batchSize, Shuffling shuffle, long start = 0, long? count = null) : Dataset<Batch>
{
    private readonly TensorRows _rows = new(inputs, targets, weights);

    public long SampleCount { get; } = count ?? inputs[0].size(0) - start;

    public override long? Count => (SampleCount + batchSize - 1) / batchSize;

    public override IEnumerable<Batch> Elements()
    {
        var rows = new RowOrder(null, start, SampleCount);
        if (shuffle.Order(SampleCount, batchSize) is { } order)
        {
            if (start > 0)
            {
                for (var i = 0; i < order.Length; i++) order[i] += start;
            }
            rows = new(order, 0, SampleCount);
        }
        for (long from = 0; from < SampleCount; from += batchSize) yield return _rows.Gather(rows, from, Math.Min(batchSize, SampleCount - from));
    }
}
