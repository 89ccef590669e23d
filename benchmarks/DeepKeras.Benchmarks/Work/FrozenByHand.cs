using DeepKeras.Benchmarks.Networks;

namespace DeepKeras.Benchmarks.Work;

/// <summary>What a step on a frozen base must cost at least: the base's outputs, and a step of the head.</summary>
internal sealed class FrozenByHand(Network network, int batch, int steps) : IWork
{
    private readonly FrozenNetwork _network = new(network, batch, steps);

    public void Run()
    {
        for (long start = 0; start < _network.Images.shape[0]; start += _network.Batch)
        {
            using var step = torch.NewDisposeScope();
            var features = _network.Base.PredictOnBatch(_network.Images.narrow(0, start, _network.Batch))[0];
            _ = _network.Head.TrainOnBatch(features, _network.Classes.narrow(0, start, _network.Batch));
        }
    }
}
