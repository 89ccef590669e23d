namespace DeepKeras.Schedules;

/// <summary>The rate falls to an end value along a power of the remaining time (Keras: <c>keras.optimizers.schedules.PolynomialDecay</c>).</summary>
/// <remarks>
/// <c>(η₀ − η₁)·(1 − step/decaySteps)^power + η₁</c>, the step limited to <c>decaySteps</c>; with <c>cycle</c>, <c>decaySteps</c> is multiplied by <c>⌈step/decaySteps⌉</c> (1 at step 0).
/// <code>var optimizer = new SGD(new PolynomialDecay(0.1, decaySteps: 10_000, endLearningRate: 0.001, power: 2));</code>
/// </remarks>
public sealed class PolynomialDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="decaySteps">Steps until the end value, at least 1.</param>
    /// <param name="endLearningRate">The rate at the end.</param>
    /// <param name="power">The power; 1 falls linearly.</param>
    /// <param name="cycle">Whether the rate rises again when the end is reached.</param>
    /// <param name="name">A name; by default <c>PolynomialDecay</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public PolynomialDecay(
        double initialLearningRate,
        long decaySteps,
        double endLearningRate = 0.0001,
        double power = 1.0,
        bool cycle = false,
        string? name = null)
        : base(name)
    {
        CheckRate(nameof(PolynomialDecay), nameof(initialLearningRate), initialLearningRate);
        CheckSteps(nameof(PolynomialDecay), nameof(decaySteps), decaySteps);
        CheckRate(nameof(PolynomialDecay), nameof(endLearningRate), endLearningRate);
        InitialLearningRate = initialLearningRate;
        DecaySteps = decaySteps;
        EndLearningRate = endLearningRate;
        Power = power;
        Cycle = cycle;
    }

    /// <summary>The rate at step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps until the end value, at least 1.</summary>
    public long DecaySteps { get; }

    /// <summary>The rate at the end.</summary>
    public double EndLearningRate { get; }

    /// <summary>The power.</summary>
    public double Power { get; }

    /// <summary>Whether the rate rises again when the end is reached.</summary>
    public bool Cycle { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var span = (double)DecaySteps;
        if (Cycle) span *= step == 0 ? 1 : Math.Ceiling(step / span);
        var done = Math.Min(step, span) / span;
        return ((InitialLearningRate - EndLearningRate) * Math.Pow(1 - done, Power)) + EndLearningRate;
    }
}
