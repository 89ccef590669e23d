namespace DeepKeras.Losses;

/// <summary>The base of losses that compare targets and predictions element by element, so that both have one shape.</summary>
/// <param name="reduction">How per-sample values become one number.</param>
/// <param name="name">The name in logs.</param>
public abstract class ElementwiseLoss(Reduction reduction = default, string? name = null) : Loss(reduction, name)
{
    private static readonly long[] s_lastAxis = [-1];

    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (!Fit(Alignment.SameRank(yTrue, yPred), yPred)) throw Throw.LossShape(this, outputName, yPred, yTrue, Fix(yTrue, yPred));
    }

    /// <summary>What to do about targets of another shape; the end of the error.</summary>
    /// <param name="yTrue">The targets' shape.</param>
    /// <param name="yPred">The output's shape.</param>
    protected virtual string Fix(Shape yTrue, Shape yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        return IsOneNumberPerRow(yTrue, yPred)
            ? $"For class numbers use \"sparse_categorical_crossentropy\" or ToCategorical(y, {yPred[^1]}); for one value per sample end the model in Dense(1)."
            : "Give targets of the output's shape, or change the last layer so that its output has the targets' shape.";
    }

    /// <summary>Whether targets hold one number where the output holds a row of them.</summary>
    internal static bool IsOneNumberPerRow(Shape yTrue, Shape yPred) =>
        yPred.Rank > 0 && yPred[^1] != 1 && (yTrue.Rank == yPred.Rank - 1 || (yTrue.Rank == yPred.Rank && yTrue[^1] == 1));

    /// <summary>Whether two shapes agree wherever both are known.</summary>
    internal static bool Fit(Shape first, Shape second)
    {
        if (first.Rank != second.Rank) return false;
        for (var axis = 0; axis < first.Rank; axis++)
        {
            if (first[axis] is { } a && second[axis] is { } b && a != b) return false;
        }
        return true;
    }

    /// <summary>The mean over the last axis.</summary>
    private protected static Tensor MeanOfLastAxis(Tensor values) => values.mean(s_lastAxis);
}
