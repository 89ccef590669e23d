namespace DeepKeras.Data;

/// <summary>The rows of batches, as views.</summary>
internal sealed class UnbatchDataset(Dataset<Batch> source) : DerivedDataset<Batch, Sample>(source)
{
    public override long? Count => null;

    public override IEnumerable<Sample> Elements() => Read(Source.Elements());

    private static IEnumerable<Sample> Read(IEnumerable<Batch> upstream)
    {
        using var pass = upstream.GetEnumerator();
        while (Held<Batch>.TryRead(pass, out var held))
        {
            try
            {
                var batch = held.Value;
                var rows = new TensorRows(batch.Inputs, batch.Targets, batch.SampleWeights, batch.InputNames, batch.TargetNames);
                for (long row = 0; row < batch.Count; row++) yield return rows.Get(row);
            }
            finally
            {
                // Views keep the memory that they show.
                held.Free();
            }
        }
    }
}
