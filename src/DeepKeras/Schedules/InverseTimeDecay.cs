namespace DeepKeras.Schedules;

/// <summary>The rate falls with the inverse of the time (Keras: <c>keras.optimizers.schedules.InverseTimeDecay</c>).</summary>
/// <remarks>
/// <c>η₀ / (1 + decayRate · step / decaySteps)</c>, the quotient rounded down with <c>staircase</c>.
/// <code>var optimizer = new SGD(new InverseTimeDecay(0.1, decaySteps: 1000, decayRate: 0.5));</code>
/// </remarks>
public sealed class InverseTimeDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="decaySteps">Steps for one unit of time, at least 1.</param>
    /// <param name="decayRate">How fast it falls.</param>
    /// <param name="staircase">Whether the rate falls in steps, once every <paramref name="decaySteps"/>, in place of smoothly.</param>
    /// <param name="name">A name; by default <c>InverseTimeDecay</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public InverseTimeDecay(
        double initialLearningRate,
        long decaySteps,
        double decayRate,
        bool staircase = false,
        string? name = null)
        : base(name)
    {
        CheckRate(nameof(InverseTimeDecay), nameof(initialLearningRate), initialLearningRate);
        CheckSteps(nameof(InverseTimeDecay), nameof(decaySteps), decaySteps);
        InitialLearningRate = initialLearningRate;
        DecaySteps = decaySteps;
        DecayRate = decayRate;
        Staircase = staircase;
    }

    /// <summary>The rate at step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps for one unit of time, at least 1.</summary>
    public long DecaySteps { get; }

    /// <summary>How fast it falls.</summary>
    public double DecayRate { get; }

    /// <summary>Whether the rate falls in steps.</summary>
    public bool Staircase { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        var periods = (double)step / DecaySteps;
        return InitialLearningRate / (1 + (DecayRate * (Staircase ? Math.Floor(periods) : periods)));
    }
}
