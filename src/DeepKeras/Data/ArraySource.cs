namespace DeepKeras.Data;

/// <summary>Cuts tensors that lie in memory into batches, in order or by a permutation.</summary>
internal sealed class ArraySource : Dataset
{
    private readonly Tensor[] _inputs;
    private readonly Tensor[] _targets;
    private readonly Tensor?[]? _weights;
    private readonly int _batchSize;
    private readonly long _start;
    private readonly long _count;
    private readonly bool _shuffle;

    public ArraySource(Tensor[] inputs, Tensor[] targets, Tensor?[]? weights, int batchSize, bool shuffle, long start = 0, long? count = null)
    {
        (_inputs, _targets, _weights, _batchSize, _shuffle, _start) = (inputs, targets, weights, batchSize, shuffle, start);
        _count = count ?? inputs[0].shape[0] - start;
    }

    public long SampleCount => _count;

    public override int? BatchCount => (int)((_count + _batchSize - 1) / _batchSize);

    public override IEnumerable<Batch> Batches()
    {
        var order = _shuffle ? RandomSource.Permutation(_count) : null;
        if (order is not null && _start > 0)
        {
            for (var i = 0; i < order.Length; i++) order[i] += _start;
        }
        for (long from = 0; from < _count; from += _batchSize)
        {
            var size = Math.Min(_batchSize, _count - from);
            yield return new Batch(Take(_inputs, order, from, size), Take(_targets, order, from, size), TakeWeights(order, from, size), size);
        }
    }

    private Tensor[] Take(Tensor[] whole, long[]? order, long from, long size)
    {
        var parts = new Tensor[whole.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = Rows(whole[i], order, from, size);
        return parts;
    }

    private Tensor?[]? TakeWeights(long[]? order, long from, long size)
    {
        if (_weights is null) return null;
        var parts = new Tensor?[_weights.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = _weights[i] is { } w ? Rows(w, order, from, size) : null;
        return parts;
    }

    private Tensor Rows(Tensor whole, long[]? order, long from, long size) => order is null
        ? whole.narrow(0, _start + from, size)
        : RowGather.Take(whole, order.AsSpan((int)from, (int)size));
}
