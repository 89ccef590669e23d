namespace DeepKeras.Schedules;

/// <summary>A schedule that also moves the momentum: <see cref="SGD"/>'s and <see cref="RMSprop"/>'s momentum, the β₁ of the <see cref="Adam"/> family.</summary>
public interface IMomentumSchedule
{
    /// <summary>The momentum to use for a step; <see langword="null"/> keeps the optimizer's own.</summary>
    /// <param name="step">Steps taken before this one, from 0.</param>
    double? MomentumAt(long step);
}
