using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>The base of metrics made from true and false positives and negatives, counted at one or many thresholds.</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …)</c>; targets are 0 or 1. The state is one tensor (labels, thresholds, 2): what lies above each threshold (or, for evenly spaced ones,
/// in each interval), once for positives and once for negatives.
/// </remarks>
public abstract class ConfusionMetric : Metric
{
    // Far below every prediction: what top-k leaves out is not above any threshold.
    private const double LeftOut = -1e10;

    private readonly double[] _thresholds;
    private readonly bool _even;
    private readonly bool _zeroIsAbove;
    private readonly bool _perLabel;
    private readonly int? _topK;
    private readonly int? _classId;
    private readonly Tensor _limits;
    private Tensor? _state;

    /// <param name="name">The name in logs.</param>
    /// <param name="thresholds">Ascending for evenly spaced ones.</param>
    /// <param name="even">Whether they are i/(n − 1): then each prediction is put into its interval, whatever their number.</param>
    /// <param name="topK">How many of the largest scores of a row may be positive.</param>
    /// <param name="classId">The only class that counts.</param>
    /// <param name="perLabel">Whether columns are counted apart.</param>
    /// <param name="zeroIsAbove">Whether the first of evenly spaced thresholds lies a little below 0.</param>
    private protected ConfusionMetric(string? name, double[] thresholds, bool even = false, int? topK = null, int? classId = null, bool perLabel = false, bool zeroIsAbove = false)
        : base(name)
    {
        if (topK < 1) throw Throw.MetricArgument(Name, nameof(topK), "at least 1", topK, "Leave it out to count all classes.");
        if (classId < 0) throw Throw.MetricArgument(Name, nameof(classId), "0 or more", classId, "Leave it out to count all classes.");
        (_thresholds, _even, _topK, _classId, _perLabel) = (thresholds, even, topK, classId, perLabel);
        _zeroIsAbove = zeroIsAbove;
        _limits = (even ? Following(thresholds.Length) : Column(thresholds)).DetachFromDisposeScope();
        if (!perLabel) _state = AddState(StateShape(1), _limits.dtype);
    }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        yPred = yPred.detach();
        // Counts need the sums' type: 16 bits do not count to a thousand.
        if (yPred.dtype != _limits.dtype) yPred = yPred.to_type(_limits.dtype);
        Alignment.Prepare(ref yTrue, ref yPred, false);
        if (_topK is { } k) yPred = KeepLargest(yPred, (int)Math.Min(k, yPred.size(-1)));
        if (_classId is { } id) (yTrue, yPred) = (OneClass(yTrue, id), OneClass(yPred, id));
        var weights = WeightsOf(yPred, sampleWeight);

        var scores = ByLabel(yPred);
        var positive = ByLabel(yTrue).ne(0).to_type(scores.dtype);
        var negative = positive.neg().add(1);
        if (weights is not null)
        {
            weights = ByLabel(weights);
            (positive, negative) = (positive.mul(weights), negative.mul(weights));
        }
        _state ??= AddState(StateShape(scores.size(0)), _limits.dtype);
        if (_even) AddToIntervals(scores, positive, negative);
        else AddAboveThresholds(scores, positive, negative);
    }

    /// <summary>A weight per label that every sample has besides its own, or null.</summary>
    private protected virtual Tensor? ColumnWeights(Tensor yPred) => null;

    /// <summary>The counts of all batches so far.</summary>
    private protected ConfusionCounts Counts()
    {
        var state = _state ?? torch.zeros(StateShape(1), _limits.dtype);
        Tensor above, all;
        if (_even)
        {
            // What lies above threshold i is what lies in the intervals i, i + 1, ….
            all = state.sum(1, true);
            above = _limits.unsqueeze(0).expand([state.size(0), -1, -1]).bmm(state);
        }
        else
        {
            // The last row counts what lies above −∞, hence everything.
            all = state.narrow(1, _thresholds.Length, 1);
            above = state.narrow(1, 0, _thresholds.Length);
        }
        var below = all.sub(above);
        return new(Part(above, 0), Part(above, 1), Part(below, 1), Part(below, 0));
    }

    private Tensor Part(Tensor counts, long side)
    {
        var part = counts.select(-1, side);
        return _perLabel ? part : part.squeeze(0);
    }

    private long[] StateShape(long labels) => [labels, _thresholds.Length + 1, 2];

    // 1 where j ≥ i: sums up the intervals from i on, but for the last, which holds what is above no threshold.
    private static Tensor Following(int count)
    {
        using var scope = torch.NewDisposeScope();
        var order = torch.arange(0, count + 1, 1, ScalarType.Int64, Keras.Device);
        var threshold = order.narrow(0, 0, count).unsqueeze(1);
        return order.ge(threshold).logical_and(order.lt(count)).to_type(SumType).MoveToOuterDisposeScope();
    }

    private static Tensor Column(double[] thresholds)
    {
        double[] limits = [.. thresholds, double.NegativeInfinity];
        return torch.tensor(limits, [limits.Length, 1], SumType, Keras.Device);
    }

    // One row per label: (L, N), or (1, all) where labels are not told apart.
    private Tensor ByLabel(Tensor values)
    {
        if (!_perLabel) return values.reshape(1, -1);
        if (values.ndim != 2) throw Throw.MetricInput(this, "(N, labels) with multiLabel", Shape.Of(values).ToString(), "Flatten further axes, or leave multiLabel out.");
        return values.transpose(0, 1);
    }

    private Tensor? WeightsOf(Tensor yPred, Tensor? sampleWeight)
    {
        if (sampleWeight is not null) Alignment.Weights(ref yPred, ref sampleWeight);
        if (ColumnWeights(yPred) is { } perLabel) sampleWeight = sampleWeight is null ? perLabel : sampleWeight.mul(perLabel);
        return sampleWeight?.expand(yPred.shape);
    }

    private Tensor OneClass(Tensor values, int id) => id < values.size(-1)
        ? values.select(-1, id)
        : throw Throw.MetricInput(this, $"at least {id + 1} classes for classId {id}", Shape.Of(values).ToString(), "Classes are counted from 0.");

    private static Tensor KeepLargest(Tensor scores, int k)
    {
        var kept = torch.zeros_like(scores).scatter_(-1, scores.topk(k, -1).indexes, torch.ones_like(scores));
        return scores.masked_fill(kept.eq(0), LeftOut);
    }

    // (L, T + 1, N) comparisons times (L, N, 2) weights: both counts at every threshold in one product.
    private void AddAboveThresholds(Tensor scores, Tensor positive, Tensor negative)
    {
        var above = scores.unsqueeze(1).gt(_limits).to_type(scores.dtype);
        _state!.add_(above.bmm(torch.stack([positive, negative], -1)));
    }

    // Interval i holds (i/(n − 1), (i + 1)/(n − 1)]; 0 is in the first one where the first threshold is below it, and else in the last, above no threshold.
    private void AddToIntervals(Tensor scores, Tensor positive, Tensor negative)
    {
        var intervals = _thresholds.Length + 1;
        var interval = scores.clamp(0, 1).mul(_thresholds.Length - 1).ceil().sub(1).to_type(ScalarType.Int64);
        interval = _zeroIsAbove ? interval.clamp_min(0) : interval.masked_fill(interval.lt(0), intervals - 1);
        if (_perLabel) interval = interval.add(torch.arange(0, scores.size(0), 1, ScalarType.Int64, scores.device).mul(intervals).unsqueeze(1));
        var flat = interval.reshape(-1, 1).expand([interval.numel(), 2]);
        _state!.view(-1, 2).scatter_add_(0, flat, torch.stack([positive, negative], -1).reshape(-1, 2));
    }
}
