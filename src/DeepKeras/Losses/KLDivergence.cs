using DeepKeras.Serialization;

namespace DeepKeras.Losses;

/// <summary>The Kullback–Leibler divergence <c>Σ y · ln(y / ŷ)</c> over the last axis, with both clipped to [10⁻⁷, 1] (Keras: <c>keras.losses.KLDivergence</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("adam", loss: "kld");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
[KerasName("kld", "KLD", "kullback_leibler_divergence")]
public sealed class KLDivergence(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var target = yTrue.clamp(Probabilities.Epsilon, 1);
        return target.mul(target.div(yPred.clamp(Probabilities.Epsilon, 1)).log()).sum(-1);
    }
}
