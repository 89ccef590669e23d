namespace DeepKeras.Losses;

/// <summary>The base of losses whose targets are class numbers: one integer per row of class scores.</summary>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public abstract class ClassNumberLoss(Reduction reduction = default, string? name = null) : Loss(reduction, name)
{
    /// <inheritdoc/>
    protected internal sealed override bool TargetsAreClasses => true;

    /// <summary>The axis of the classes.</summary>
    private protected virtual int ClassAxis => -1;

    /// <summary>A class number that is allowed although no class has it.</summary>
    private protected virtual int? Ignored => null;

    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var axis = ClassAxis < 0 ? ClassAxis + yPred.Rank : ClassAxis;
        if (yPred.Rank == 0 || axis < 0 || axis >= yPred.Rank || yPred[axis] == 1)
        {
            throw Throw.LossOutput(this, outputName, "at least two classes on its class axis", yPred, "Use \"binary_crossentropy\" for one unit, or give the last layer one unit per class.");
        }
        var numbers = new Shape([.. yPred.Where((_, i) => i != axis)]);
        if (ElementwiseLoss.Fit(yTrue, numbers) || ElementwiseLoss.Fit(yTrue, numbers.Append(1))) return;
        throw Throw.LossShape(this, outputName, numbers, yTrue, ElementwiseLoss.Fit(yTrue, yPred)
            ? "The targets look one-hot: use \"categorical_crossentropy\", or turn them into class numbers with argmax over the last axis."
            : "Give one class number per row of class scores.");
    }

    /// <inheritdoc/>
    public override void CheckTargets(Tensor yTrue, Shape yPred, string outputName)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        var axis = ClassAxis < 0 ? ClassAxis + yPred.Rank : ClassAxis;
        if (yPred[axis] is { } classes) LabelRange.Check(yTrue, classes, $"Loss '{Name}' of output '{outputName}'", Ignored);
    }

    /// <summary>Class numbers without the last axis of one element that data files often have.</summary>
    private protected static Tensor WithoutLastAxis(Tensor yTrue, Tensor yPred) =>
        yTrue.ndim == yPred.ndim && yTrue.size(-1) == 1 ? yTrue.squeeze(-1) : yTrue;
}
