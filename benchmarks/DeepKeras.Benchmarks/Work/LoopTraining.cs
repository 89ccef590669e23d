using DeepKeras.Benchmarks.Networks;
using static TorchSharp.torch;

namespace DeepKeras.Benchmarks.Work;

/// <summary>
/// What a TorchSharp user writes by hand for the same training: batches picked by a shuffled permutation, one dispose scope per step,
/// loss and accuracy kept in tensors until the epoch's end.
/// </summary>
internal sealed class LoopTraining : IWork
{
    private readonly nn.Module<Tensor, Tensor> _modules;
    private readonly optim.Optimizer _optimizer;
    private readonly Tensor _x;
    private readonly Tensor _y;
    private readonly long _batch;
    private readonly long _samples;

    public LoopTraining(HandWrittenNetwork network, int batch, int steps)
    {
        _batch = batch;
        _samples = (long)batch * steps;
        _modules = network.BuildModules();
        _modules.train();
        _optimizer = network.BuildOptimizer(_modules);
        _x = randn([_samples, .. network.TorchShape]);
        _y = randint(0, network.Classes, [_samples], ScalarType.Int64);
    }

    public double Loss { get; private set; }

    public double Accuracy { get; private set; }

    public void Run()
    {
        using var epoch = NewDisposeScope();
        var total = zeros([]);
        var correct = zeros([], ScalarType.Int64);
        var order = randperm(_samples);
        for (long start = 0; start < _samples; start += _batch)
        {
            using var step = NewDisposeScope();
            var index = order.narrow(0, start, Math.Min(_batch, _samples - start));
            var x = _x.index_select(0, index);
            var y = _y.index_select(0, index);
            _optimizer.zero_grad();
            var logits = _modules.call(x);
            var loss = nn.functional.cross_entropy(logits, y);
            loss.backward();
            _ = _optimizer.step();
            using (no_grad())
            {
                total.add_(loss.mul(x.shape[0]));
                correct.add_(logits.argmax(1).eq(y).sum());
            }
        }
        Loss = total.item<float>() / _samples;
        Accuracy = (double)correct.item<long>() / _samples;
    }
}
