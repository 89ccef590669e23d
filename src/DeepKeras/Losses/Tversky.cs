namespace DeepKeras.Losses;

/// <summary>
/// The Tversky loss <c>1 − Σ(y·ŷ) / (Σ(y·ŷ) + α·Σ((1 − y)·ŷ) + β·Σ(y·(1 − ŷ)) + 10⁻⁷)</c>; α = β = 0.5 is the Dice loss
/// (Salehi et al., 2017; Keras: <c>keras.losses.Tversky</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> equal shapes → a scalar: without <paramref name="axis"/> the sums run over the whole batch. With <c>axis: [1, 2, 3]</c> there is one value per image.
/// <code>model.Compile("adam", loss: new Tversky(alpha: 0.3, beta: 0.7));</code>
/// </remarks>
/// <param name="alpha">The factor α of what was predicted and is not there; 0.5 by default.</param>
/// <param name="beta">The factor β of what is there and was missed; 0.5 by default.</param>
/// <param name="reduction">How the values become one number; their mean by default.</param>
/// <param name="axis">The axes of the sums; all by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class Tversky(double alpha = 0.5, double beta = 0.5, Reduction reduction = default, Axes? axis = null, string? name = null) : ElementwiseLoss(reduction, name)
{
    private readonly long[]? _axes = Overlap.Axes(axis);

    /// <summary>The factor of false positives.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>The factor of false negatives.</summary>
    public double Beta { get; } = beta;

    /// <summary>The axes of the sums.</summary>
    public Axes? Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var product = yTrue.mul(yPred);
        var common = Overlap.Sum(product, _axes);
        var missed = Overlap.Sum(yTrue.sub(product), _axes);
        var extra = Overlap.Sum(yPred.sub(product), _axes);
        var all = common.add(extra.mul(Alpha)).add(missed.mul(Beta)).add(Probabilities.Epsilon);
        return common.div(all).neg().add(1);
    }
}
