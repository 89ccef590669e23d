namespace DeepKeras.Schedules;

/// <summary>A learning rate that depends on the number of steps taken. Pass it as an optimizer's <c>learningRate</c>.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The rate to use for a step.</summary>
    /// <param name="step">Steps taken before this one, from 0.</param>
    public abstract double At(long step);
}
