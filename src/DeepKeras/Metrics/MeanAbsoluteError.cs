using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>The mean absolute error, <c>mean(|y − ŷ|)</c>, averaged over samples (Keras: <c>keras.metrics.MeanAbsoluteError</c>). The formula is that of <see cref="Losses.MeanAbsoluteError"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.MeanAbsoluteError()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
[KerasName("mae", "MAE")]
public sealed class MeanAbsoluteError(string? name = null) : LossMetric(new Losses.MeanAbsoluteError(), name ?? "mean_absolute_error");
