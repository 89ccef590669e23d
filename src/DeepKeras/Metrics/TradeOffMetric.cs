namespace DeepKeras.Metrics;

/// <summary>The base of metrics "one rate at a given value of another": the best of the first over all thresholds at which the second reaches the value.</summary>
public abstract class TradeOffMetric : ConfusionMetric
{
    private readonly double _wanted;

    private protected TradeOffMetric(string? name, string argument, double wanted, int numThresholds, int? classId)
        : base(name, Even(numThresholds), even: numThresholds > 1, classId: classId)
    {
        if (wanted is not (>= 0 and <= 1)) throw Throw.MetricArgument(Name, argument, "between 0 and 1", wanted, "It is a rate, not a percentage.");
        (_wanted, NumThresholds, ClassId) = (wanted, numThresholds, classId);
    }

    /// <summary>How many thresholds are tried.</summary>
    public int NumThresholds { get; }

    /// <summary>The only class that counts.</summary>
    public int? ClassId { get; }

    /// <summary>The largest figure among the thresholds where <paramref name="constrained"/> reaches the wanted value; 0 when it does nowhere.</summary>
    private protected Tensor Best(Tensor constrained, Tensor figures) => figures.masked_fill(constrained.lt(_wanted), 0).max();

    private static double[] Even(int count)
    {
        if (count < 1) throw Throw.MetricArgument("with numThresholds", "numThresholds", "at least 1", count, "Leave it out for 200.");
        return count == 1 ? [0.5] : [.. Enumerable.Range(0, count).Select(i => (double)i / (count - 1))];
    }
}
