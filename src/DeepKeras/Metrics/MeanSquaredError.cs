using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>The mean squared error, <c>mean((y − ŷ)²)</c>, averaged over samples (Keras: <c>keras.metrics.MeanSquaredError</c>). The formula is that of <see cref="Losses.MeanSquaredError"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.MeanSquaredError()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
[KerasName("mse", "MSE")]
public sealed class MeanSquaredError(string? name = null) : LossMetric(new Losses.MeanSquaredError(), name ?? "mean_squared_error");
