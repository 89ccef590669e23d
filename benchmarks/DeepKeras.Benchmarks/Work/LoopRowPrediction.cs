using DeepKeras.Benchmarks.Networks;
using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Work;

/// <summary>Bare modules called with one row, again and again.</summary>
internal sealed class LoopRowPrediction : IWork
{
    private readonly nn.Module<Tensor, Tensor> _modules;
    private readonly Tensor _row;
    private readonly int _steps;

    public LoopRowPrediction(HandWrittenNetwork network, int steps)
    {
        _steps = steps;
        _modules = nn.Sequential(network.BuildModules(), nn.Softmax(1));
        _modules.eval();
        _row = randn([1, .. network.TorchShape]);
    }

    public void Run()
    {
        using var mode = inference_mode();
        for (var i = 0; i < _steps; i++)
        {
            using var step = NewDisposeScope();
            _ = _modules.call(_row);
        }
    }
}
