namespace DeepKeras.Benchmarks.Work;

/// <summary>Passes over the files in a new order each; the batches are only looked at.</summary>
internal sealed class InputLoading(string folder, int size, int batch, int workers, bool augment) : InputWork(folder, size, batch, workers, augment, augmentingWorkers: 0)
{
    private double _total;

    public override void Run()
    {
        using var pass = Batches.Elements().GetEnumerator();
        while (true)
        {
            using var step = torch.NewDisposeScope();
            if (!pass.MoveNext()) return;
            _total += pass.Current.Inputs[0][0, 0, 0, 0].item<float>();
        }
    }
}
