using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>The mean cosine of the angle between targets and predictions: 1 for the same direction; the loss of that name is its negative (Keras: <c>keras.metrics.CosineSimilarity</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → ()</c>.
/// <code>model.Compile("adam", loss: "cosine_similarity", metrics: [new Metrics.CosineSimilarity()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
/// <param name="axis">The axis of the vectors; the last by default.</param>
public sealed class CosineSimilarity(string? name = null, int axis = -1) : MeanMetric(name)
{
    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        Alignment.Prepare(ref yTrue, ref yPred, false);
        Add(Losses.CosineSimilarity.Cosine(yTrue, yPred.detach(), Axis), sampleWeight);
    }
}
