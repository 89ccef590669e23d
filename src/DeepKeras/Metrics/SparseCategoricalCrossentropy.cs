namespace DeepKeras.Metrics;

/// <summary>The crossentropy of class numbers, averaged over samples (Keras: <c>keras.metrics.SparseCategoricalCrossentropy</c>). The formula is that of <see cref="Losses.SparseCategoricalCrossentropy"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.SparseCategoricalCrossentropy()]);</code>
/// </remarks>
/// <param name="fromLogits">Whether predictions are logits; false by default.</param>
/// <param name="ignoreClass">A class number whose positions cost nothing; none by default.</param>
/// <param name="axis">The axis of the classes; the last by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class SparseCategoricalCrossentropy(bool fromLogits = false, int? ignoreClass = null, int axis = -1, string? name = null) : LossMetric(new Losses.SparseCategoricalCrossentropy(fromLogits, ignoreClass, default, axis), name ?? "sparse_categorical_crossentropy")
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>The class number that does not count.</summary>
    public int? IgnoreClass { get; } = ignoreClass;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;
}
