using DeepKeras.Benchmarks.Networks;

namespace DeepKeras.Benchmarks.Work;

/// <summary><c>Predict</c> over many rows in batches.</summary>
internal sealed class ModelPrediction(Network network, int batch, int steps) : IWork
{
    private readonly Model _model = network.BuildModel();
    private readonly Tensor _x = torch.randn([(long)batch * steps, .. network.KerasShape]);

    public void Run()
    {
        using var scope = torch.NewDisposeScope();
        _ = _model.Predict(_x, batchSize: batch);
    }
}
