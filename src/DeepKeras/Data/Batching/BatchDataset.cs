namespace DeepKeras.Data;

/// <summary>Stacks so many samples at a time. Rows of tensors in memory are gathered at once, without a sample in between; the threads of a map stack what they make themselves.</summary>
internal sealed class BatchDataset<T>(Dataset<T> source, Func<T, Sample> toSample, int batchSize, bool dropRemainder) : DerivedDataset<T, Batch>(source)
{
    public override long? Count => dropRemainder ? Source.Count / batchSize : (Source.Count + batchSize - 1) / batchSize;

    public override IEnumerable<Batch> Elements()
    {
        if (Source is IIndexed<Sample> { Store: TensorRows rows } indexed) return Gather(rows, indexed.StartPass());
        if (Source is IStackingMap<T> map && map.StackInWorkers(toSample, batchSize) is { } batches) return dropRemainder ? Full(batches) : batches;
        return Stack(Source.Elements(), Source.Count);
    }

    private IEnumerable<Batch> Full(IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
        {
            if (batch.Count == batchSize) yield return batch;
        }
    }

    private IEnumerable<Batch> Gather(TensorRows rows, RowOrder order)
    {
        var end = dropRemainder ? order.Count / batchSize * batchSize : order.Count;
        for (long from = 0; from < end; from += batchSize) yield return rows.Gather(order, from, Math.Min(batchSize, end - from));
    }

    private IEnumerable<Batch> Stack(IEnumerable<T> upstream, long? count)
    {
        using var pass = upstream.GetEnumerator();
        var room = (int)Math.Min(batchSize, Math.Max(count ?? batchSize, 1));
        for (long index = 0; ; index += batchSize)
        {
            var batch = new SampleStack(room, index);
            while (batch.Count < batchSize && Add(pass, batch)) Reading.ThrowIfCancelled();
            if (batch.Count == 0 || (dropRemainder && batch.Count < batchSize)) yield break;
            yield return batch.ToBatch();
            if (batch.Count < batchSize) yield break;
        }
    }

    /// <summary>What was made for the sample is freed as soon as it is copied.</summary>
    private bool Add(IEnumerator<T> pass, SampleStack batch)
    {
        using var scope = torch.NewDisposeScope();
        if (!pass.MoveNext()) return false;
        batch.Add(toSample(pass.Current));
        return true;
    }
}
