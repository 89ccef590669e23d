namespace DeepKeras.Metrics;

/// <summary>The hinge loss as a metric, averaged over samples (Keras: <c>keras.metrics.Hinge</c>). The formula is that of <see cref="Losses.Hinge"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.Hinge()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class Hinge(string? name = null) : LossMetric(new Losses.Hinge(), name ?? "hinge");
