namespace DeepKeras.Losses;

/// <summary>
/// Connectionist temporal classification: the negative log-likelihood of a label sequence summed over all its alignments with the outputs
/// (Graves et al., 2006; Keras: <c>keras.losses.CTC</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L), (N, T, C) → (N)</c>, then reduced: class numbers filled up with 0, and logits. Class 0 is the blank.
/// <code>model.Compile("adam", loss: "ctc");  // after Dense(classes + 1) on a sequence</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class CTC(Reduction reduction = default, string? name = null) : Loss(reduction, name)
{
    /// <inheritdoc/>
    protected internal override bool TargetsAreClasses => true;

    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (yPred.Rank != 3) throw Throw.LossOutput(this, outputName, "scores per time step, (N, T, C)", yPred, "Let the last recurrent layer return sequences, or reshape to (T, C).");
        if (yTrue.Rank != 2) throw Throw.LossShape(this, outputName, "(None, length)", yTrue, "Fill label sequences up with 0 to one length.");
    }

    /// <inheritdoc/>
    public override void CheckTargets(Tensor yTrue, Shape yPred, string outputName)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        if (yPred[^1] is { } classes) LabelRange.Check(yTrue, classes, $"Loss '{Name}' of output '{outputName}'");
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (yTrue.ndim != 2) throw Throw.LossInput(this, "label sequences of shape (N, L)", Shape.Of(yTrue), "Fill them up with 0 to one length.");
        if (yPred.ndim != 3) throw Throw.LossInput(this, "scores of shape (N, T, C)", Shape.Of(yPred), "Let the last recurrent layer return sequences.");
        var time = torch.full([yPred.size(0)], yPred.size(1), ScalarType.Int64, yPred.device);
        return Ops.CtcLoss(yTrue, yPred, yTrue.ne(0).sum(-1), time);
    }
}
