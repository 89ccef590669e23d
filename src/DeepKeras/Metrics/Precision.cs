namespace DeepKeras.Metrics;

/// <summary>Which share of the positive predictions is right, <c>tp / (tp + fp)</c>; 0 where the denominator is 0 (Keras: <c>keras.metrics.Precision</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>, or one figure per threshold. With <paramref name="topK"/> the k largest scores of each row are the positives.
/// <code>model.Compile("adam", loss: "binary_crossentropy", metrics: [new Precision()]);</code>
/// </remarks>
/// <param name="thresholds">Above it a prediction is positive; 0.5 by default, none with <paramref name="topK"/>.</param>
/// <param name="topK">How many of the largest scores of a row may be positive; all by default.</param>
/// <param name="classId">The only class that counts, from 0; all by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class Precision(Thresholds? thresholds = null, int? topK = null, int? classId = null, string? name = null)
    : ConfusionMetric(name, thresholds is not null ? [.. thresholds] : [topK is null ? 0.5 : -1e10], topK: topK, classId: classId)
{
    /// <summary>Above them a prediction is positive; <see langword="null"/> for the default.</summary>
    public Thresholds? Thresholds { get; } = thresholds;

    /// <summary>How many of the largest scores of a row may be positive.</summary>
    public int? TopK { get; } = topK;

    /// <summary>The only class that counts.</summary>
    public int? ClassId { get; } = classId;

    /// <inheritdoc/>
    public override Tensor Result()
    {
        var figures = Counts().Precision();
        return Thresholds is { Count: > 1 } ? figures : figures.squeeze(-1);
    }
}
