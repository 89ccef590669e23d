namespace DeepKeras.Metrics;

/// <summary>The categorical hinge loss as a metric, averaged over samples (Keras: <c>keras.metrics.CategoricalHinge</c>). The formula is that of <see cref="Losses.CategoricalHinge"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.CategoricalHinge()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class CategoricalHinge(string? name = null) : LossMetric(new Losses.CategoricalHinge(), name ?? "categorical_hinge");
