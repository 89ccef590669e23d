using DeepKeras.Benchmarks.Networks;

namespace DeepKeras.Benchmarks.Work;

/// <summary><c>Predict</c> of one row, again and again.</summary>
internal sealed class ModelRowPrediction(Network network, int steps) : IWork
{
    private readonly Model _model = network.BuildModel();
    private readonly Tensor _row = torch.randn([1, .. network.KerasShape]);

    public void Run()
    {
        for (var i = 0; i < steps; i++)
        {
            using var scope = torch.NewDisposeScope();
            _ = _model.Predict(_row);
        }
    }
}
