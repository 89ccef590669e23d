namespace DeepKeras.Metrics;

/// <summary>The squared hinge loss as a metric, averaged over samples (Keras: <c>keras.metrics.SquaredHinge</c>). The formula is that of <see cref="Losses.SquaredHinge"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.SquaredHinge()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class SquaredHinge(string? name = null) : LossMetric(new Losses.SquaredHinge(), name ?? "squared_hinge");
