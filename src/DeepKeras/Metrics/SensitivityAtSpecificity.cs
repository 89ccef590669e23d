namespace DeepKeras.Metrics;

/// <summary>The best sensitivity (recall) among the thresholds whose specificity tn / (tn + fp) reaches a value; 0 when none does (Keras: <c>keras.metrics.SensitivityAtSpecificity</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>; predictions are probabilities.
/// <code>model.Compile("adam", loss: "binary_crossentropy", metrics: [new SensitivityAtSpecificity(0.9)]);</code>
/// </remarks>
/// <param name="specificity">The value to reach, from 0 to 1.</param>
/// <param name="numThresholds">How many evenly spaced thresholds are tried; 200 by default.</param>
/// <param name="classId">The only class that counts, from 0; all by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class SensitivityAtSpecificity(double specificity, int numThresholds = 200, int? classId = null, string? name = null)
    : TradeOffMetric(name, nameof(specificity), specificity, numThresholds, classId)
{
    /// <summary>The value to reach.</summary>
    public double Specificity { get; } = specificity;

    /// <inheritdoc/>
    public override Tensor Result()
    {
        var counts = Counts();
        return Best(counts.Specificity(), counts.Recall());
    }
}
