namespace DeepKeras.Schedules;

/// <summary>The rate drops by a factor every so many steps.</summary>
/// <remarks>
/// <c>η₀ · factor^⌊step / stepSize⌋</c>.
/// <code>var optimizer = new SGD(new StepDecay(0.1, stepSize: 3000, factor: 0.1));</code>
/// </remarks>
public sealed class StepDecay : LearningRateSchedule
{
    /// <summary>Creates the schedule.</summary>
    /// <param name="initialLearningRate">The rate at step 0.</param>
    /// <param name="stepSize">Steps between two drops, at least 1.</param>
    /// <param name="factor">What each drop multiplies the rate by.</param>
    /// <param name="name">A name; by default <c>StepDecay</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public StepDecay(
        double initialLearningRate,
        long stepSize,
        double factor = 0.1,
        string? name = null)
        : base(name)
    {
        CheckRate(nameof(StepDecay), nameof(initialLearningRate), initialLearningRate);
        CheckSteps(nameof(StepDecay), nameof(stepSize), stepSize);
        InitialLearningRate = initialLearningRate;
        StepSize = stepSize;
        Factor = factor;
    }

    /// <summary>The rate at step 0.</summary>
    public double InitialLearningRate { get; }

    /// <summary>Steps between two drops.</summary>
    public long StepSize { get; }

    /// <summary>What each drop multiplies the rate by.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override double At(long step) => InitialLearningRate * Math.Pow(Factor, Math.Floor((double)step / StepSize));
}
