using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>The mean of ln cosh(ŷ − y), averaged over samples (Keras: <c>keras.metrics.LogCoshError</c>). The formula is that of <see cref="Losses.LogCosh"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.LogCoshError()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
[KerasName("logcosh")]
public sealed class LogCoshError(string? name = null) : LossMetric(new Losses.LogCosh(), name ?? "logcosh");
