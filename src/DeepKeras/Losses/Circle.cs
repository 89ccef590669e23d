namespace DeepKeras.Losses;

/// <summary>
/// The circle loss for embeddings: pulls those of one class together and pushes other classes away, hardest pairs first
/// (Sun et al., 2020, eq. 6; Keras: <c>keras.losses.Circle</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N) or (N, 1), (N, D) → (N)</c>, then reduced: class numbers and unit-length embeddings. Embeddings without a partner of their class in the batch cost nothing and are left out of the mean.
/// <code>model.Compile("adam", loss: "circle");  // after UnitNormalization()</code>
/// </remarks>
/// <param name="gamma">The scale γ; 80 by default.</param>
/// <param name="margin">The relaxation m; 0.4 by default.</param>
/// <param name="removeDiagonal">Whether an embedding is not paired with itself; true by default.</param>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class Circle(double gamma = 80.0, double margin = 0.4, bool removeDiagonal = true, Reduction reduction = default, string? name = null) : Loss(reduction, name)
{
    /// <summary>The scale γ.</summary>
    public double Gamma { get; } = gamma;

    /// <summary>The relaxation m.</summary>
    public double Margin { get; } = margin;

    /// <summary>Whether an embedding is not paired with itself.</summary>
    public bool RemoveDiagonal { get; } = removeDiagonal;

    /// <inheritdoc/>
    protected internal override bool TargetsAreClasses => true;

    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (yPred.Rank != 2) throw Throw.LossOutput(this, outputName, "one embedding per sample, (N, D)", yPred, "Put a Flatten() or a GlobalAveragePooling2D() before the last layer.");
        if (yTrue.Rank != 1 && !(yTrue.Rank == 2 && yTrue[1] == 1)) throw Throw.LossShape(this, outputName, new Shape([null]), yTrue, "Give one class number per sample.");
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var distance = torch.mm(yPred, yPred.t()).neg().add(1).clamp_min(0);
        var classes = yTrue.reshape(-1);
        var same = classes.unsqueeze(1).eq(classes.unsqueeze(0));
        var different = same.logical_not();
        if (RemoveDiagonal) same = same.logical_and(torch.eye(classes.size(0), classes.size(0), ScalarType.Bool, yPred.device).logical_not());

        var positive = distance.add(Margin).clamp_min(0).mul(distance.sub(Margin)).mul(Gamma);
        var negative = distance.neg().add(1 + Margin).clamp_min(0).mul(distance.neg().add(1 - Margin)).mul(Gamma);
        return torch.nn.functional.softplus(LogSumExp(positive, same).add(LogSumExp(negative, different)));
    }

    /// <inheritdoc/>
    protected override Tensor Valid(Tensor yTrue, Tensor yPred, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.gt(0);
    }

    // −1e9 instead of −∞ for pairs that are not there: a row without any gives e^−1e9 = 0 too, but no NaN gradient.
    private static Tensor LogSumExp(Tensor values, Tensor pairs) => values.masked_fill(pairs.logical_not(), -1e9).logsumexp(1);
}
