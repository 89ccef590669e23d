using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>How often a prediction is on the right side of a threshold, <c>mean(y = (ŷ > threshold))</c> (Keras: <c>keras.metrics.BinaryAccuracy</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>; <c>(N)</c> and <c>(N, 1)</c> are the same.
/// <code>model.Compile("adam", loss: "binary_crossentropy", metrics: [new BinaryAccuracy(threshold: 0.3)]);</code>
/// </remarks>
/// <param name="threshold">Above it a prediction means 1; 0.5 by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class BinaryAccuracy(double threshold = 0.5, string? name = null) : MeanMetric(name)
{
    /// <summary>Above it a prediction means 1.</summary>
    public double Threshold { get; } = threshold;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        Alignment.SameRank(ref yTrue, ref yPred);
        Add(yPred.gt(Threshold).eq(yTrue), sampleWeight);
    }
}
