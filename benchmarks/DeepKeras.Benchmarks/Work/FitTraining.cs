using DeepKeras.Benchmarks.Networks;

namespace DeepKeras.Benchmarks.Work;

/// <summary>Real <c>Fit</c> calls of one epoch each.</summary>
internal sealed class FitTraining : IWork
{
    private readonly Model _model;
    private readonly Tensor _x;
    private readonly Tensor _y;
    private readonly int _batch;

    public FitTraining(Network network, int batch, int steps)
    {
        _batch = batch;
        _model = network.BuildModel();
        _x = torch.randn([(long)batch * steps, .. network.KerasShape]);
        using var labels = torch.randint(0, network.Classes, [(long)batch * steps], ScalarType.Int64);
        using var rows = torch.eye(network.Classes);
        // categorical_crossentropy wants one-hot rows.
        _y = rows.index_select(0, labels);
    }

    public void Run() => _model.Fit(_x, _y, batchSize: _batch, epochs: 1, verbose: 0);
}
