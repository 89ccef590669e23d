namespace DeepKeras.Metrics;

/// <summary>The best specificity tn / (tn + fp) among the thresholds whose sensitivity (recall) reaches a value; 0 when none does (Keras: <c>keras.metrics.SpecificityAtSensitivity</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>; predictions are probabilities.
/// <code>model.Compile("adam", loss: "binary_crossentropy", metrics: [new SpecificityAtSensitivity(0.9)]);</code>
/// </remarks>
/// <param name="sensitivity">The value to reach, from 0 to 1.</param>
/// <param name="numThresholds">How many evenly spaced thresholds are tried; 200 by default.</param>
/// <param name="classId">The only class that counts, from 0; all by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class SpecificityAtSensitivity(double sensitivity, int numThresholds = 200, int? classId = null, string? name = null)
    : TradeOffMetric(name, nameof(sensitivity), sensitivity, numThresholds, classId)
{
    /// <summary>The value to reach.</summary>
    public double Sensitivity { get; } = sensitivity;

    /// <inheritdoc/>
    public override Tensor Result()
    {
        var counts = Counts();
        return Best(counts.Recall(), counts.Specificity());
    }
}
