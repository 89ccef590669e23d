// Stand-ins until the owners land the real ones: whoever brings the real class or method deletes its stand-in here.
using DeepKeras.Callbacks;
using DeepKeras.Losses;
using DeepKeras.Metrics;

namespace DeepKeras.Metrics
{
    internal sealed class RunningMean
    {
        private readonly Tensor _total = torch.zeros([], ScalarType.Float32).DetachFromDisposeScope();
        private long _count;

        public void Add(Tensor value, long weight)
        {
            _total.add_(value.detach().mul(weight));
            _count += weight;
        }

        public Tensor Result() => _total.div((double)Math.Max(_count, 1));

        public void Reset()
        {
            _total.zero_();
            _count = 0;
        }
    }

    internal static class MetricResolver
    {
        public static Metric Resolve(string name, Shape yTrue, Shape yPred) => name;
    }
}

namespace DeepKeras.Callbacks
{
    internal sealed class ProgressReporter(int verbose) : Callback
    {
        public int Verbose { get; } = verbose;
    }
}

namespace DeepKeras.Training
{
    internal static class Pending
    {
        public static Tensor Compute(this Loss loss, Tensor yTrue, Tensor yPred, Tensor? sampleWeight) => loss.Call(yTrue, yPred).mean();

        public static void CheckShapes(this Loss loss, Shape yTrue, Shape yPred, string output)
        {
        }

        public static void CheckTargets(this Loss loss, Tensor targets, Shape yPred, string output)
        {
        }
    }
}
