using DeepKeras.Benchmarks.Networks;

namespace DeepKeras.Benchmarks.Work;

/// <summary><c>Fit</c> of the whole network, of which only the head learns.</summary>
internal sealed class FrozenTraining(Network network, int batch, int steps) : IWork
{
    private readonly FrozenNetwork _network = new(network, batch, steps);

    public void Run() => _network.Whole.Fit(_network.Images, _network.Classes, batchSize: _network.Batch, epochs: 1, verbose: 0);
}
