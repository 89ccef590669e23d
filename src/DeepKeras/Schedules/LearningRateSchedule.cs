namespace DeepKeras.Schedules;

/// <summary>
/// A learning rate that depends on the number of steps taken (Keras: <c>keras.optimizers.schedules.LearningRateSchedule</c>).
/// Pass it as an optimizer's <c>learningRate</c>; a schedule of one's own overrides <see cref="At"/>.
/// </summary>
/// <param name="name">A name; by default the class's.</param>
public abstract class LearningRateSchedule(string? name = null)
{
    private string? _name = name;

    /// <summary>The name.</summary>
    public string Name => _name ??= GetType().Name;

    /// <summary>The rate to use for a step.</summary>
    /// <param name="step">Steps taken before this one, from 0.</param>
    public abstract double At(long step);

    private protected static void CheckSteps(string owner, string argument, long steps)
    {
        if (steps < 1) throw Throw.BadArgument(owner, argument, "at least 1", steps, "Give it in training steps: epochs times batches per epoch.");
    }

    private protected static void CheckRate(string owner, string argument, double rate)
    {
        if (rate is not (>= 0 and < double.PositiveInfinity)) throw Throw.BadArgument(owner, argument, "a finite number of at least 0", rate, "Common learning rates lie between 0.0001 and 0.1.");
    }
}
