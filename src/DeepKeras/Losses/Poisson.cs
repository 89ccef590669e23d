namespace DeepKeras.Losses;

/// <summary>The Poisson loss, <c>mean(ŷ − y · ln(ŷ + 10⁻⁷))</c> over the last axis (Keras: <c>keras.losses.Poisson</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced. Predictions are rates, not their logarithms.
/// <code>model.Compile("adam", loss: "poisson");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class Poisson(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        return MeanOfLastAxis(yPred.sub(yPred.add(Probabilities.Epsilon).log().mul(yTrue)));
    }
}
