using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>How often predictions equal targets exactly, <c>mean(y = ŷ)</c> (Keras: <c>keras.metrics.Accuracy</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>. For class scores use <see cref="CategoricalAccuracy"/>; the string <c>"accuracy"</c> chooses by the shapes and never means this class.
/// <code>var accuracy = new Accuracy();</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class Accuracy(string? name = null) : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        Alignment.SameRank(ref yTrue, ref yPred);
        Add(yTrue.eq(yPred), sampleWeight);
    }
}
