using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>The mean squared difference of logarithms, averaged over samples (Keras: <c>keras.metrics.MeanSquaredLogarithmicError</c>). The formula is that of <see cref="Losses.MeanSquaredLogarithmicError"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.MeanSquaredLogarithmicError()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
[KerasName("msle", "MSLE")]
public sealed class MeanSquaredLogarithmicError(string? name = null) : LossMetric(new Losses.MeanSquaredLogarithmicError(), name ?? "mean_squared_logarithmic_error");
