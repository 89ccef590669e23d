namespace DeepKeras.Data;

/// <summary>The rows of tensors in memory: one by one as views, or gathered into batches.</summary>
internal sealed class TensorRows(Tensor[] inputs, Tensor[] targets, Tensor?[]? weights, IReadOnlyList<string>? inputNames = null, IReadOnlyList<string>? targetNames = null)
    : IndexedDataset<Sample>, IElements<Sample>
{
    private readonly long _length = inputs[0].size(0);

    public override long Length => _length;

    public override IElements<Sample> Store => this;

    public static TensorRows Read(TensorData x, TensorData? y, TensorData? sampleWeight)
    {
        var (inputs, inputNames) = x.Unpack("input");
        var (targets, targetNames) = y?.Unpack("target") ?? ([], null);
        var weights = Weights(sampleWeight, targets, targetNames);
        var counts = inputs.Select((t, i) => ($"input {i}", t))
            .Concat(targets.Select((t, i) => ($"target {i}", t)))
            .Concat((weights ?? []).Where(t => t is not null).Select((t, i) => ($"sampleWeight {i}", t!)))
            .Select(p => (p.Item1, Count: p.Item2.ndim == 0 ? 0 : p.Item2.size(0)))
            .ToList();
        if (counts.Count == 0 || counts[0].Count == 0) throw Throw.EmptyData("x");
        if (counts.Exists(c => c.Count != counts[0].Count)) throw Throw.SampleCounts(counts);
        return new(inputs, targets, weights, inputNames, targetNames);
    }

    /// <summary>A batch of inputs alone.</summary>
    public static Batch ToBatch(TensorData x)
    {
        var (inputs, inputNames) = x.Unpack("input");
        return new(inputs, [], null, inputs[0].size(0)) { InputNames = inputNames };
    }

    /// <summary>A batch from what a user hands over.</summary>
    public static Batch ToBatch(TensorData x, TensorData y, TensorData? sampleWeight)
    {
        var (inputs, inputNames) = x.Unpack("input");
        var (targets, targetNames) = y.Unpack("target");
        return new(inputs, targets, Weights(sampleWeight, targets, targetNames), inputs[0].size(0)) { InputNames = inputNames, TargetNames = targetNames };
    }

    public override RowOrder StartPass() => new(null, 0, _length);

    public Sample Get(long row) => new(Views(inputs, row), Views(targets, row), weights is null ? null : Array.ConvertAll(weights, w => w?.select(0, row)))
    {
        InputNames = inputNames,
        TargetNames = targetNames,
    };

    /// <summary>A batch: a view where the rows follow each other, else a copy.</summary>
    public Batch Gather(RowOrder order, long from, long size) => new(Take(inputs, order, from, size), Take(targets, order, from, size), TakeWeights(order, from, size), size)
    {
        InputNames = inputNames,
        TargetNames = targetNames,
    };

    private static Tensor?[]? Weights(TensorData? sampleWeight, Tensor[] targets, IReadOnlyList<string>? targetNames)
    {
        if (sampleWeight is null) return null;
        if (targetNames is not null) return sampleWeight.InOrderOrNull(targetNames, "sampleWeight");
        var weights = sampleWeight.Unpack("sampleWeight").Tensors;
        return weights.Length == targets.Length ? weights : throw Throw.WeightCount(targets.Length, weights.Length);
    }

    private static Tensor[] Views(Tensor[] whole, long row)
    {
        var parts = new Tensor[whole.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = whole[i].select(0, row);
        return parts;
    }

    private static Tensor[] Take(Tensor[] whole, RowOrder order, long from, long size)
    {
        if (whole.Length == 0) return [];
        var parts = new Tensor[whole.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = Rows(whole[i], order, from, size);
        return parts;
    }

    private Tensor?[]? TakeWeights(RowOrder order, long from, long size)
    {
        if (weights is null) return null;
        var parts = new Tensor?[weights.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = weights[i] is { } w ? Rows(w, order, from, size) : null;
        return parts;
    }

    private static Tensor Rows(Tensor whole, RowOrder order, long from, long size) => order.Order is { } rows
        ? RowGather.Take(whole, rows.AsSpan((int)(order.Start + from), (int)size))
        : whole.narrow(0, order.Start + from, size);
}
