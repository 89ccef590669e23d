namespace DeepKeras.Metrics;

/// <summary>The crossentropy of one-hot targets, averaged over samples (Keras: <c>keras.metrics.CategoricalCrossentropy</c>). The formula is that of <see cref="Losses.CategoricalCrossentropy"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.CategoricalCrossentropy()]);</code>
/// </remarks>
/// <param name="fromLogits">Whether predictions are logits; false by default.</param>
/// <param name="labelSmoothing">How far targets are moved towards a uniform distribution, in [0, 1]; 0 by default.</param>
/// <param name="axis">The axis of the classes; the last by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class CategoricalCrossentropy(bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1, string? name = null) : LossMetric(new Losses.CategoricalCrossentropy(fromLogits, labelSmoothing, axis), name ?? "categorical_crossentropy")
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets are smoothed.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;
}
