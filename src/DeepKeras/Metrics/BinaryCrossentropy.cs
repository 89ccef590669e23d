using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>The crossentropy of yes/no answers, averaged over samples (Keras: <c>keras.metrics.BinaryCrossentropy</c>). The formula is that of <see cref="Losses.BinaryCrossentropy"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.BinaryCrossentropy()]);</code>
/// </remarks>
/// <param name="fromLogits">Whether predictions are logits; false by default.</param>
/// <param name="labelSmoothing">How far targets are moved towards a uniform distribution, in [0, 1]; 0 by default.</param>
/// <param name="name">The name in logs.</param>
[KerasName("bce", "BCE")]
public sealed class BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0.0, string? name = null) : LossMetric(new Losses.BinaryCrossentropy(fromLogits, labelSmoothing), name ?? "binary_crossentropy")
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far targets are smoothed.</summary>
    public double LabelSmoothing { get; } = labelSmoothing;
}
