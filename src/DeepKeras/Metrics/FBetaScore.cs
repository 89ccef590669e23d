using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>
/// The F-β score <c>(1 + β²) · precision · recall / (β² · precision + recall)</c> per class (Keras: <c>keras.metrics.FBetaScore</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, C), (N, C) → (C)</c>, or <c>()</c> with an average.
/// <code>model.Compile("adam", loss: "categorical_crossentropy", metrics: [new FBetaScore(average: "macro", beta: 2)]);</code>
/// </remarks>
[KerasName("fbeta_score")]
public class FBetaScore : Metric
{
    private const double Epsilon = 1e-7;

    private static readonly string[] s_averages = ["micro", "macro", "weighted"];

    // Rows: true positives, false positives, false negatives, positives.
    private Tensor? _sums;

    /// <summary>Creates the metric.</summary>
    /// <param name="average"><c>"micro"</c> (over all counts), <c>"macro"</c> (mean of the classes), <c>"weighted"</c> (by their frequency), or none: one score per class.</param>
    /// <param name="beta">How many times recall matters more than precision, above 0; 1 by default.</param>
    /// <param name="threshold">Above it a prediction is positive; by default the largest of each row is.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException">An argument is out of range or unknown.</exception>
    public FBetaScore(string? average = null, double beta = 1.0, double? threshold = null, string? name = null)
        : base(name ?? "fbeta_score")
    {
        if (average is not null && !s_averages.Contains(average, StringComparer.Ordinal)) throw Throw.UnknownName("average", average, s_averages);
        if (!(beta > 0)) throw Throw.MetricArgument(Name, nameof(beta), "above 0", beta, "1 weighs precision and recall alike.");
        if (threshold is not (null or (> 0 and <= 1))) throw Throw.MetricArgument(Name, nameof(threshold), "above 0 and at most 1", threshold, "Leave it out to take the largest score of each row.");
        (Average, Beta, Threshold) = (average, beta, threshold);
    }

    /// <summary>How the classes become one number.</summary>
    public string? Average { get; }

    /// <summary>How many times recall matters more than precision.</summary>
    public double Beta { get; }

    /// <summary>Above it a prediction is positive.</summary>
    public double? Threshold { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (yTrue.ndim != 2 || yPred.ndim != 2)
        {
            throw Throw.MetricInput(this, "targets and predictions of shape (N, classes)", $"{Shape.Of(yTrue)} and {Shape.Of(yPred)}", "One-hot encode class numbers with ToCategorical.");
        }
        yPred = yPred.detach();
        _sums ??= AddState([4, yPred.size(1)]);
        var positive = (Threshold is { } threshold ? yPred.gt(threshold)
            // A row of zeros has no largest score.
            : yPred.ge(yPred.max(-1, true).values).logical_and(yPred.abs().gt(1e-9))).to_type(_sums.dtype);
        var truth = yTrue.to_type(_sums.dtype);
        var hits = positive.mul(truth);
        var rows = torch.stack([hits, positive.sub(hits), truth.sub(hits), truth], 0);
        if (sampleWeight is not null) rows = rows.mul((sampleWeight.ndim == 1 ? sampleWeight.unsqueeze(-1) : sampleWeight).to_type(_sums.dtype));
        _sums.add_(rows.sum(1));
    }

    /// <inheritdoc/>
    public override Tensor Result()
    {
        if (_sums is null) return torch.zeros([]);
        var sums = Average == "micro" ? _sums.sum(-1) : _sums;
        var hits = sums.select(0, 0);
        var precision = hits.div(hits.add(sums.select(0, 1)).add(Epsilon));
        var recall = hits.div(hits.add(sums.select(0, 2)).add(Epsilon));
        var square = Beta * Beta;
        var score = precision.mul(recall).div(precision.mul(square).add(recall).add(Epsilon)).mul(1 + square);
        if (Average == "weighted")
        {
            var positives = sums.select(0, 3);
            return score.mul(positives).sum().div(positives.sum().add(Epsilon));
        }
        return Average is null ? score : score.mean();
    }
}
