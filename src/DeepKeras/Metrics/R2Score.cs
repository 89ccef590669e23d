using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>
/// The coefficient of determination <c>R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²</c> per output, averaged: 1 for perfect predictions, 0 for always the mean
/// (Keras: <c>keras.metrics.R2Score</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, C), (N, C) → ()</c>, or <c>(C)</c> without aggregation. With <c>numRegressors</c> p: the adjusted <c>1 − (1 − R²)(n − 1)/(n − p − 1)</c>,
/// where there are more than p + 1 samples.
/// <code>model.Compile("adam", loss: "mse", metrics: [new R2Score()]);</code>
/// </remarks>
public sealed class R2Score : Metric
{
    private static readonly string[] s_aggregations = ["uniform_average", "variance_weighted_average"];

    // Rows: Σ w·y, Σ w·y², Σ w·(y − ŷ)², Σ w.
    private Tensor? _sums;
    private long _samples;

    /// <summary>Creates the metric.</summary>
    /// <param name="classAggregation"><c>"uniform_average"</c> (the default), <c>"variance_weighted_average"</c>, or <see langword="null"/> for one figure per output.</param>
    /// <param name="numRegressors">The number p of independent variables for the adjusted figure; 0 for the plain one.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException">An argument is out of range or unknown.</exception>
    public R2Score(string? classAggregation = "uniform_average", int numRegressors = 0, string? name = null)
        : base(name)
    {
        if (classAggregation is not null && !s_aggregations.Contains(classAggregation, StringComparer.Ordinal)) throw Throw.UnknownName("class aggregation", classAggregation, s_aggregations);
        if (numRegressors < 0) throw Throw.MetricArgument(nameof(R2Score), nameof(numRegressors), "0 or more", numRegressors, "Leave it out for the plain figure.");
        (ClassAggregation, NumRegressors) = (classAggregation, numRegressors);
    }

    /// <summary>How outputs become one number.</summary>
    public string? ClassAggregation { get; }

    /// <summary>The number of independent variables for the adjusted figure.</summary>
    public int NumRegressors { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    private protected override long[] Counters
    {
        get => [_samples];
        set => _samples = value[0];
    }

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        Alignment.Prepare(ref yTrue, ref yPred, false);
        if (yPred.ndim == 1) (yTrue, yPred) = (yTrue.unsqueeze(-1), yPred.unsqueeze(-1));
        if (yPred.ndim != 2) throw Throw.MetricInput(this, "targets and predictions of shape (N, outputs)", Shape.Of(yPred).ToString(), "Flatten further axes.");
        var rows = torch.stack([yTrue, yTrue.square(), yTrue.sub(yPred.detach()).square(), torch.ones_like(yTrue)], 0);
        if (sampleWeight is not null)
        {
            Alignment.Weights(ref yPred, ref sampleWeight);
            rows = rows.mul(sampleWeight);
        }
        _sums ??= AddState([4, yPred.size(1)]);
        _sums.add_(rows.sum(1));
        _samples += yPred.size(0);
    }

    /// <inheritdoc/>
    public override Tensor Result()
    {
        if (_sums is null) return torch.zeros([]);
        var sum = _sums.select(0, 0);
        var total = _sums.select(0, 1).sub(sum.square().div(_sums.select(0, 3)));
        var raw = _sums.select(0, 2).div(total).neg().add(1);
        // A constant target has no variance to explain: −∞ counts as 0.
        raw = raw.masked_fill(raw.isinf(), 0);
        var score = ClassAggregation switch
        {
            null => raw,
            "uniform_average" => raw.mean(),
            _ => total.mul(raw).sum().div(total.sum()),
        };
        var freedom = _samples - NumRegressors - 1;
        return NumRegressors == 0 || freedom <= 0 ? score : score.neg().add(1).mul((double)(_samples - 1) / freedom).neg().add(1);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        _samples = 0;
    }
}
