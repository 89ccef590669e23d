using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>The mean relative error in percent, averaged over samples (Keras: <c>keras.metrics.MeanAbsolutePercentageError</c>). The formula is that of <see cref="Losses.MeanAbsolutePercentageError"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.MeanAbsolutePercentageError()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
[KerasName("mape", "MAPE")]
public sealed class MeanAbsolutePercentageError(string? name = null) : LossMetric(new Losses.MeanAbsolutePercentageError(), name ?? "mean_absolute_percentage_error");
