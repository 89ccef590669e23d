namespace DeepKeras.Metrics;

/// <summary>The best precision among the thresholds whose recall reaches a value; 0 when none does (Keras: <c>keras.metrics.PrecisionAtRecall</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>; predictions are probabilities.
/// <code>model.Compile("adam", loss: "binary_crossentropy", metrics: [new PrecisionAtRecall(0.9)]);</code>
/// </remarks>
/// <param name="recall">The value to reach, from 0 to 1.</param>
/// <param name="numThresholds">How many evenly spaced thresholds are tried; 200 by default.</param>
/// <param name="classId">The only class that counts, from 0; all by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class PrecisionAtRecall(double recall, int numThresholds = 200, int? classId = null, string? name = null)
    : TradeOffMetric(name, nameof(recall), recall, numThresholds, classId)
{
    /// <summary>The value to reach.</summary>
    public double Recall { get; } = recall;

    /// <inheritdoc/>
    public override Tensor Result()
    {
        var counts = Counts();
        return Best(counts.Recall(), counts.Precision());
    }
}
