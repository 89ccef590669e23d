using DeepKeras.Schedules;

namespace DeepKeras.Training;

/// <summary>A rate that rises from one end to the other, from a given step on.</summary>
internal sealed class SweepSchedule(long first, int steps, double low, double high, bool isExponential) : LearningRateSchedule
{
    public override double At(long step)
    {
        var part = (double)(step - first) / (steps - 1);
        return isExponential ? low * Math.Pow(high / low, part) : low + (part * (high - low));
    }
}
