namespace DeepKeras.Losses;

/// <summary>The Dice loss <c>1 − 2·Σ(y·ŷ) / (Σy + Σŷ + 10⁻⁷)</c>, for segmentation (Keras: <c>keras.losses.Dice</c>).</summary>
/// <remarks>
/// <b>Shapes</b> equal shapes → a scalar: without <paramref name="axis"/> the sums run over the whole batch. With <c>axis: [1, 2, 3]</c> there is one value per image.
/// <code>model.Compile("adam", loss: new Dice(axis: [1, 2, 3]));</code>
/// </remarks>
/// <param name="reduction">How the values become one number; their mean by default.</param>
/// <param name="axis">The axes of the sums; all by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class Dice(Reduction reduction = default, Axes? axis = null, string? name = null) : ElementwiseLoss(reduction, name)
{
    private readonly long[]? _axes = Overlap.Axes(axis);

    /// <summary>The axes of the sums.</summary>
    public Axes? Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var common = Overlap.Sum(yTrue.mul(yPred), _axes);
        var both = Overlap.Sum(yTrue, _axes).add(Overlap.Sum(yPred, _axes)).add(Probabilities.Epsilon);
        return common.mul(-2).div(both).add(1);
    }
}
