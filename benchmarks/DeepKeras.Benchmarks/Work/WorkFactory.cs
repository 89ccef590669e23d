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
        (Engine.Loop, Mode.Train) when network is HandWrittenNetwork bare => new LoopTraining(bare, batch, steps),
        (Engine.Loop, Mode.Predict) when network is HandWrittenNetwork bare => new LoopPrediction(bare, batch, steps),
        (Engine.Loop, Mode.Row) when network is HandWrittenNetwork bare => new LoopRowPrediction(bare, steps),
        (Engine.Fit, Mode.Frozen) => new FrozenTraining(network, batch, steps),
        (Engine.Loop, Mode.Frozen) => new FrozenByHand(network, batch, steps),
        _ => throw new ArgumentException($"Engine '{engine}' does not run {network.Name} here: {Engine.Fit} runs every network, {Engine.Loop} those that are written as modules.", nameof(engine)),
    };
}
