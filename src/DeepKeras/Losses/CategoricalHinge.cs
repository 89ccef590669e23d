namespace DeepKeras.Losses;

/// <summary>The hinge loss for one-hot targets, <c>max(0, 1 + max((1 − y) · ŷ) − Σ y · ŷ)</c> (Keras: <c>keras.losses.CategoricalHinge</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("sgd", loss: "categorical_hinge");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class CategoricalHinge(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var right = yTrue.mul(yPred);
        var wrong = yPred.sub(right).amax([-1]);
        return Margins.AtLeastZero(wrong.sub(right.sum(-1)).add(1));
    }
}
