using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>
/// The area under a curve over all thresholds: of true against false positives (ROC), precision against recall (PR) or their gains (PRGAIN)
/// (Keras: <c>keras.metrics.AUC</c>; PR by interpolation: Davis and Goadrich, 2006).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>; with <c>multiLabel</c> <c>(N, L), (N, L) → ()</c>, the (weighted) mean over the labels.
/// <code>model.Compile("adam", loss: "binary_crossentropy", metrics: [new AUC(curve: "PR")]);</code>
/// </remarks>
public sealed class AUC : ConfusionMetric
{
    private Tensor? _labelWeights;

    /// <summary>Creates the metric.</summary>
    /// <param name="numThresholds">How many evenly spaced thresholds make the curve, at least 2; 200 by default.</param>
    /// <param name="curve"><c>"ROC"</c> (the default), <c>"PR"</c> or <c>"PRGAIN"</c>.</param>
    /// <param name="summationMethod"><c>"interpolation"</c> (trapezoids, the default), <c>"minoring"</c> or <c>"majoring"</c>.</param>
    /// <param name="name">The name in logs.</param>
    /// <param name="thresholds">Own thresholds instead of evenly spaced ones; 0 and 1 are added.</param>
    /// <param name="multiLabel">Whether each column is a label with a curve of its own.</param>
    /// <param name="numLabels">The number of labels; found at the first batch by default.</param>
    /// <param name="labelWeights">A weight per label; all the same by default.</param>
    /// <param name="fromLogits">Whether predictions are logits, before a sigmoid.</param>
    /// <exception cref="KerasException">An argument is out of range or unknown.</exception>
    public AUC(
        int numThresholds = 200,
        string curve = "ROC",
        string summationMethod = "interpolation",
        string? name = null,
        Thresholds? thresholds = null,
        bool multiLabel = false,
        int? numLabels = null,
        double[]? labelWeights = null,
        bool fromLogits = false)
        : base(name, AucCurve.Thresholds(thresholds, numThresholds), even: thresholds is null, perLabel: multiLabel, zeroIsAbove: true)
    {
        AucCurve.Check(curve, summationMethod);
        if (numLabels is { } labels && !multiLabel) throw Throw.MetricArgument(nameof(AUC), nameof(numLabels), "left out without multiLabel", labels, "Pass multiLabel: true for one curve per label.");
        NumThresholds = thresholds is null ? numThresholds : thresholds.Count + 2;
        Curve = curve;
        SummationMethod = summationMethod;
        Thresholds = thresholds;
        MultiLabel = multiLabel;
        NumLabels = numLabels;
        LabelWeights = labelWeights;
        FromLogits = fromLogits;
    }

    /// <summary>How many thresholds make the curve, ends included.</summary>
    public int NumThresholds { get; }

    /// <summary>Which curve.</summary>
    public string Curve { get; }

    /// <summary>How the area between two points is summed up.</summary>
    public string SummationMethod { get; }

    /// <summary>Own thresholds.</summary>
    public Thresholds? Thresholds { get; }

    /// <summary>Whether each column has a curve of its own.</summary>
    public bool MultiLabel { get; }

    /// <summary>The number of labels, where it was given.</summary>
    public int? NumLabels { get; }

    /// <summary>A weight per label.</summary>
    public double[]? LabelWeights { get; }

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; }

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        if ((NumLabels ?? LabelWeights?.Length) is { } labels && yPred.size(-1) != labels)
        {
            throw Throw.MetricInput(this, $"{labels} labels", Shape.Of(yPred).ToString(), "Give numLabels and labelWeights for as many labels as the output has.");
        }
        base.Update(yTrue, FromLogits ? torch.sigmoid(yPred.detach()) : yPred, sampleWeight);
    }

    /// <inheritdoc/>
    public override Tensor Result()
    {
        var area = AucCurve.Area(Counts(), Curve, SummationMethod);
        if (!MultiLabel) return area;
        return LabelWeights is null ? area.mean() : area.mul(Weights(area)).sum().div(LabelWeights.Sum());
    }

    private protected override Tensor? ColumnWeights(Tensor yPred) => LabelWeights is null || MultiLabel ? null : Weights(yPred);

    private Tensor Weights(Tensor like) =>
        _labelWeights ??= torch.tensor(LabelWeights!, [LabelWeights!.Length], SumType, like.device).DetachFromDisposeScope();
}
