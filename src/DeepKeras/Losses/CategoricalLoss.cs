namespace DeepKeras.Losses;

/// <summary>The base of losses over one-hot targets (or a probability per class).</summary>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public abstract class CategoricalLoss(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        if (yPred.Rank > 0 && yPred[^1] == 1)
        {
            throw Throw.LossOutput(this, outputName, "at least two classes on the last axis", yPred, "Use \"binary_crossentropy\" for one unit, or give the last layer one unit per class.");
        }
        base.CheckShapes(yTrue, yPred, outputName);
    }

    /// <inheritdoc/>
    protected override string Fix(Shape yTrue, Shape yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (IsOneNumberPerRow(yTrue, yPred)) return $"Use \"sparse_categorical_crossentropy\" for class numbers, or convert them with ToCategorical(y, {yPred[^1]}).";
        return yTrue.Rank == yPred.Rank && yTrue.Rank > 0 && yTrue[^1] is { } classes
            ? $"Give the last layer {classes} units, one per class of the targets."
            : base.Fix(yTrue, yPred);
    }
}
