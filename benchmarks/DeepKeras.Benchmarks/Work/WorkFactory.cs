using DeepKeras.Benchmarks.Networks;
using DeepKeras.Benchmarks.Running;

namespace DeepKeras.Benchmarks.Work;

/// <summary>Makes what a command line asks for.</summary>
internal static class WorkFactory
{
    public static IWork Create(string engine, Network network, Mode mode, int batch, int steps) => (engine, mode) switch
    {
        (Engine.Fit, Mode.Train) => new FitTraining(network, batch, steps),
        (Engine.Fit, Mode.Predict) => new ModelPrediction(network, batch, steps),
        (Engine.Fit, Mode.Row) => new ModelRowPrediction(network, steps),
        (Engine.Loop, Mode.Train) => new LoopTraining(network, batch, steps),
        (Engine.Loop, Mode.Predict) => new LoopPrediction(network, batch, steps),
        (Engine.Loop, Mode.Row) => new LoopRowPrediction(network, steps),
        _ => throw new ArgumentException($"There is no engine '{engine}' here: {Engine.Fit}, {Engine.Loop}.", nameof(engine)),
    };
}
