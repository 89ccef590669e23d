namespace DeepKeras.Losses;

/// <summary>The negative cosine of the angle between targets and predictions, <c>−Σ (y/‖y‖) · (ŷ/‖ŷ‖)</c>: −1 for the same direction (Keras: <c>keras.losses.CosineSimilarity</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced. A vector of zeros gives 0.
/// <code>model.Compile("adam", loss: "cosine_similarity");</code>
/// </remarks>
/// <param name="axis">The axis of the vectors; the last by default.</param>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class CosineSimilarity(int axis = -1, Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        return Cosine(yTrue, yPred, Axis).neg();
    }

    /// <summary>The cosine itself.</summary>
    internal static Tensor Cosine(Tensor yTrue, Tensor yPred, int axis) => Unit(yTrue, axis).mul(Unit(yPred, axis)).sum(axis);

    // x / max(‖x‖, ε); clipping the square keeps the gradient of a zero vector finite.
    private static Tensor Unit(Tensor x, int axis) =>
        x.mul(x.square().sum(axis, true).clamp_min(Probabilities.Epsilon * Probabilities.Epsilon).rsqrt());
}
