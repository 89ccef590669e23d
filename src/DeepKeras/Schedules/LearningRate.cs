using System.Globalization;

namespace DeepKeras.Schedules;

/// <summary>A fixed learning rate or a schedule; a number and a <see cref="LearningRateSchedule"/> convert to it.</summary>
public readonly record struct LearningRate
{
    private readonly double _value;

    private LearningRate(double value, LearningRateSchedule? schedule)
    {
        _value = value;
        Schedule = schedule;
    }

    /// <summary>The schedule, or <see langword="null"/> for a fixed rate.</summary>
    public LearningRateSchedule? Schedule { get; }

    /// <summary>The rate for a step.</summary>
    /// <param name="step">Steps taken before this one, from 0.</param>
    public double At(long step) => Schedule?.At(step) ?? _value;

    /// <inheritdoc/>
    public override string ToString() => Schedule?.GetType().Name ?? _value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A fixed rate.</summary>
    public static implicit operator LearningRate(double value) => new(value, null);

    /// <summary>A rate that follows a schedule.</summary>
    public static implicit operator LearningRate(LearningRateSchedule schedule) => new(0, schedule);
}
