using DeepKeras.Data;
using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras.Training;

/// <summary>
/// The learning-rate range test (Smith, 2015, Cyclical Learning Rates for Training Neural Networks): train a little while the rate rises from step to step, and see where the
/// loss falls fastest and where it breaks away.
/// </summary>
/// <remarks>
/// Weights, optimizer, its schedule and all random numbers are afterwards as they were before, so the training that follows is the same with the test as without.
/// <code>
/// var range = new LearningRateFinder().Find(model, x, y, batchSize: 64);
/// range.Plot("rates.svg");
/// model.Optimizer.LearningRate = range.Suggestion;
/// </code>
/// </remarks>
public sealed class LearningRateFinder
{
    /// <summary>Chooses the sweep.</summary>
    /// <param name="minLearningRate">The rate of the first step, above 0; 1e-6 by default.</param>
    /// <param name="maxLearningRate">The rate of the last step, above <paramref name="minLearningRate"/>; 10 by default.</param>
    /// <param name="steps">Training steps, at least 3; 100 by default. The data starts again where it ends.</param>
    /// <param name="mode"><c>"exponential"</c>, equal factors from step to step, or <c>"linear"</c>, equal differences.</param>
    /// <param name="smoothing">How much of the running mean of losses each step keeps, at least 0 and below 1; 0.9 by default.</param>
    /// <param name="divergence">Stop where the smoothed loss exceeds so many times its least, above 1; 4 by default.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public LearningRateFinder(double minLearningRate = 1e-6, double maxLearningRate = 10, int steps = 100, string mode = "exponential", double smoothing = 0.9, double divergence = 4)
    {
        if (!(minLearningRate > 0 && double.IsFinite(minLearningRate))) throw Bad(nameof(minLearningRate), "a finite number above 0", minLearningRate, "1e-6 is the default.");
        if (!(maxLearningRate > minLearningRate && double.IsFinite(maxLearningRate))) throw Bad(nameof(maxLearningRate), "a finite number above minLearningRate", maxLearningRate, "10 is the default.");
        if (steps < 3) throw Bad(nameof(steps), "at least 3", steps, "100 is the default.");
        if (mode is not ("exponential" or "linear")) throw Bad(nameof(mode), "\"exponential\" or \"linear\"", mode, "\"exponential\" looks at many orders of magnitude.");
        if (smoothing is not (>= 0 and < 1)) throw Bad(nameof(smoothing), "at least 0 and below 1", smoothing, "0.9 is the default.");
        if (!(divergence > 1)) throw Bad(nameof(divergence), "above 1", divergence, "4 is the default.");
        (MinLearningRate, MaxLearningRate, Steps, Mode, Smoothing, Divergence) = (minLearningRate, maxLearningRate, steps, mode, smoothing, divergence);
    }

    /// <summary>The rate of the first step.</summary>
    public double MinLearningRate { get; }

    /// <summary>The rate of the last step.</summary>
    public double MaxLearningRate { get; }

    /// <summary>Training steps.</summary>
    public int Steps { get; }

    /// <summary>How the rate rises.</summary>
    public string Mode { get; }

    /// <summary>How much of the running mean each step keeps.</summary>
    public double Smoothing { get; }

    /// <summary>Where it stops: so many times the least smoothed loss.</summary>
    public double Divergence { get; }

    /// <summary>Runs the test on arrays or tensors.</summary>
    /// <param name="model">A compiled model whose input shape is known.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Targets.</param>
    /// <param name="batchSize">Samples per step; 32 by default. Take that of the training: the rates depend on it.</param>
    /// <exception cref="KerasException">The model is not built or not compiled, or the loss is not finite from the beginning.</exception>
    public LearningRateRange Find(Model model, TensorData x, TensorData y, int? batchSize = null) =>
        Run(model, sweep => model.Fit(x, y, batchSize, verbose: 0, stepsPerEpoch: Steps, callbacks: [sweep]));

    /// <summary>Runs the test on a data set.</summary>
    /// <param name="model">A compiled model whose input shape is known.</param>
    /// <param name="data">Batches with targets.</param>
    /// <exception cref="KerasException">The model is not built or not compiled, or the loss is not finite from the beginning.</exception>
    public LearningRateRange Find(Model model, Dataset<Batch> data) =>
        Run(model, sweep => model.Fit(data, verbose: 0, stepsPerEpoch: Steps, callbacks: [sweep]));

    private LearningRateRange Run(Model model, Action<RateSweep> fit)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!model.IsBuilt) throw Throw.UnbuiltModel(model, "be tested for learning rates");
        var compiled = model.Compiled ?? throw Throw.NotCompiled(model, "be tested for learning rates");
        model.ReadyOptimizer(compiled);
        var optimizer = compiled.Optimizer;
        using var scope = torch.NewDisposeScope();
        var (weights, state, rates, random) = (model.GetWeights(), optimizer.GetState(), optimizer.Parts.Select(part => part.LearningRate).ToList(), RandomState.Write(model));
        var sweep = new RateSweep(Divergence, Smoothing);
        try
        {
            foreach (var part in optimizer.Parts) part.ReplaceLearningRate(new SweepSchedule(part.MicroSteps, Steps, MinLearningRate, MaxLearningRate, Mode == "exponential"));
            fit(sweep);
        }
        finally
        {
            foreach (var (part, rate) in optimizer.Parts.Zip(rates)) part.ReplaceLearningRate(rate);
            model.SetWeights(weights);
            optimizer.SetState(state);
            RandomState.Restore(model, random, wholeProcess: true, nameof(LearningRateFinder));
            compiled.Reset();
            model.StopTraining = false;
        }
        return sweep.Losses.Count < 3 ? throw Throw.SweepTooShort(sweep.Losses.Count) : new(sweep.Rates, sweep.Losses, sweep.Smoothed, Mode == "exponential");
    }

    private static KerasException Bad(string argument, string expected, object received, string fix) => Throw.BadArgument(nameof(LearningRateFinder), argument, expected, received, fix);
}
