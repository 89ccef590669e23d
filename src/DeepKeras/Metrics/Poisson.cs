namespace DeepKeras.Metrics;

/// <summary>The Poisson loss as a metric, averaged over samples (Keras: <c>keras.metrics.Poisson</c>). The formula is that of <see cref="Losses.Poisson"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.Poisson()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class Poisson(string? name = null) : LossMetric(new Losses.Poisson(), name ?? "poisson");
