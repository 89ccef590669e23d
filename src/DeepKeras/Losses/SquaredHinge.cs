namespace DeepKeras.Losses;

/// <summary>The squared hinge loss <c>mean(max(1 − y · ŷ, 0)²)</c> over the last axis, for targets of −1 and 1; targets that are all 0 or 1 are taken as −1 and 1 (Keras: <c>keras.losses.SquaredHinge</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("sgd", loss: "squared_hinge");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class SquaredHinge(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        return MeanOfLastAxis(Margins.Of(yTrue, yPred).square());
    }
}
