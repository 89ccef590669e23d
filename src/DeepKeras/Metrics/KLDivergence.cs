using DeepKeras.Serialization;

namespace DeepKeras.Metrics;

/// <summary>The Kullback–Leibler divergence, averaged over samples (Keras: <c>keras.metrics.KLDivergence</c>). The formula is that of <see cref="Losses.KLDivergence"/>.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: …, metrics: [new Metrics.KLDivergence()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
[KerasName("kld", "KLD")]
public sealed class KLDivergence(string? name = null) : LossMetric(new Losses.KLDivergence(), name ?? "kl_divergence");
