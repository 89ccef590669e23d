namespace DeepKeras.Metrics;

/// <summary>The (weighted) number of positives that were predicted as such (Keras: <c>keras.metrics.TruePositives</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>, or one figure per threshold.
/// <code>model.Compile("adam", loss: "binary_crossentropy", metrics: [new TruePositives(thresholds: 0.3)]);</code>
/// </remarks>
/// <param name="thresholds">Above it a prediction is positive; 0.5 by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class TruePositives(Thresholds? thresholds = null, string? name = null) : ConfusionMetric(name, [.. thresholds ?? 0.5])
{
    /// <summary>Above them a prediction is positive.</summary>
    public Thresholds Thresholds { get; } = thresholds ?? 0.5;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override Tensor Result()
    {
        var counts = Counts().TruePositives;
        return Thresholds.Count == 1 ? counts.squeeze(-1).clone() : counts.clone();
    }
}
