namespace DeepKeras.Schedules;

/// <summary>The rate falls along half a cosine, after a linear warm-up if wanted (Keras: <c>keras.optimizers.schedules.CosineDecay</c>; Loshchilov and Hutter, 2017).</summary>
/// <remarks>
/// <c>η·((1 − α)·½(1 + cos(π·step/decaySteps)) + α)</c>. With a warm-up target the rate first rises linearly from <c>initialLearningRate</c> to the target over <c>warmupSteps</c>, then falls from the target over <c>decaySteps</c>.
/// <code>var optimizer = new Adam(new CosineDecay(0.0, decaySteps: 9000, warmupTarget: 1e-3, warmupSteps: 1000));</code>
/// </remarks>
public sealed class CosineDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="decaySteps">Steps from the highest rate to the lowest, at least 1.</param>
    /// <param name="alpha">The lowest rate as a fraction of the highest, 0 … 1.</param>
    /// <param name="warmupTarget">The highest rate, reached by a linear warm-up; none by default.</param>
    /// <param name="warmupSteps">Steps of the warm-up.</param>
    /// <param name="name">A name; by default <c>CosineDecay</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public CosineDecay(
        double initialLearningRate,
        long decaySteps,
        double alpha = 0.0,
        double? warmupTarget = null,
        long warmupSteps = 0,
        string? name = null)
        : base(name)
    {
        CheckRate(nameof(CosineDecay), nameof(initialLearningRate), initialLearningRate);
        CheckSteps(nameof(CosineDecay), nameof(decaySteps), decaySteps);
        if (warmupTarget is { } target) CheckRate(nameof(CosineDecay), nameof(warmupTarget), target);
        if (warmupSteps < 0) throw Throw.BadArgument(nameof(CosineDecay), nameof(warmupSteps), "at least 0", warmupSteps, "Use 0 to start without a warm-up.");
        InitialLearningRate = initialLearningRate;
        DecaySteps = decaySteps;
        Alpha = alpha;
        WarmupTarget = warmupTarget;
        WarmupSteps = warmupSteps;
    }

    /// <summary>The rate at step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps from the highest rate to the lowest, at least 1.</summary>
    public long DecaySteps { get; }

    /// <summary>The lowest rate as a fraction of the highest.</summary>
    public double Alpha { get; }

    /// <summary>The highest rate, reached by a warm-up.</summary>
    public double? WarmupTarget { get; }

    /// <summary>Steps of the warm-up.</summary>
    public long WarmupSteps { get; }

    /// <inheritdoc/>
    public override double At(long step)
    {
        if (WarmupTarget is not { } target) return InitialLearningRate * Fall(step);
        return step < WarmupSteps
            ? ((target - InitialLearningRate) * step / WarmupSteps) + InitialLearningRate
            : target * Fall(step - WarmupSteps);
    }

    private double Fall(long step) => ((1 - Alpha) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step, DecaySteps) / DecaySteps))) + Alpha;
}
