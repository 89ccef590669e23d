namespace DeepKeras.Schedules;

/// <summary>The rate falls by the same factor every so many steps (Keras: <c>keras.optimizers.schedules.ExponentialDecay</c>).</summary>
/// <remarks>
/// <c>η₀ · decayRate^(step / decaySteps)</c>, the exponent rounded down with <c>staircase</c>.
/// <code>var optimizer = new SGD(new ExponentialDecay(0.1, decaySteps: 1000, decayRate: 0.96));</code>
/// </remarks>
public sealed class ExponentialDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="decaySteps">Steps for one factor, at least 1.</param>
    /// <param name="decayRate">The factor.</param>
    /// <param name="staircase">Whether the rate falls in steps, once every <paramref name="decaySteps"/>, in place of smoothly.</param>
    /// <param name="name">A name; by default <c>ExponentialDecay</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public ExponentialDecay(
        double initialLearningRate,
        long decaySteps,
        double decayRate,
        bool staircase = false,
        string? name = null)
        : base(name)
    {
        CheckRate(nameof(ExponentialDecay), nameof(initialLearningRate), initialLearningRate);
        CheckSteps(nameof(ExponentialDecay), nameof(decaySteps), decaySteps);
        InitialLearningRate = initialLearningRate;
        DecaySteps = decaySteps;
        DecayRate = decayRate;
        Staircase = staircase;
    }

    /// <summary>The rate at step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps for one factor, at least 1.</summary>
    public long DecaySteps { get; }

    /// <summary>The factor.</summary>
    public double DecayRate { get; }

    /// <summary>Whether the rate falls in steps.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var periods = (double)step / DecaySteps;
        return InitialLearningRate * Math.Pow(DecayRate, Staircase ? Math.Floor(periods) : periods);
    }
}
