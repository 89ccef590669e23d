using DeepKeras.Benchmarks.Networks;
using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Work;

/// <summary>Bare modules over many rows in batches, the outputs joined.</summary>
internal sealed class LoopPrediction : IWork
{
    private readonly nn.Module<Tensor, Tensor> _modules;
    private readonly Tensor _x;
    private readonly long _batch;

    public LoopPrediction(HandWrittenNetwork network, int batch, int steps)
    {
        _batch = batch;
        _modules = nn.Sequential(network.BuildModules(), nn.Softmax(1));
        _modules.eval();
        _x = randn([(long)batch * steps, .. network.TorchShape]);
    }

    public void Run()
    {
        using var mode = inference_mode();
        using var pass = NewDisposeScope();
        var outputs = new List<Tensor>();
        foreach (var x in _x.split(_batch))
        {
            using var step = NewDisposeScope();
            outputs.Add(_modules.call(x).MoveToOuterDisposeScope());
        }
        _ = cat(outputs);
    }
}
