using DeepKeras.Serialization;

namespace DeepKeras.Losses;

/// <summary>The mean relative difference in percent, <c>100 · mean(|y − ŷ| / max(|y|, 10⁻⁷))</c> over the last axis (Keras: <c>keras.losses.MeanAbsolutePercentageError</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced. Targets of 0 count as 10⁻⁷, so they make the figure huge.
/// <code>model.Compile("adam", loss: "mape");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
[KerasName("mape", "MAPE")]
public sealed class MeanAbsolutePercentageError(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var relative = yTrue.sub(yPred).div(yTrue.abs().clamp_min(Probabilities.Epsilon));
        return MeanOfLastAxis(relative.abs()).mul(100);
    }
}
