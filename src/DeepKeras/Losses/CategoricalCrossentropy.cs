namespace DeepKeras.Losses;

/// <summary>
/// The crossentropy of one-hot targets, <c>−Σ y · ln p</c> over the classes, with p/Σp clipped to [10⁻⁷, 1 − 10⁻⁷]
/// (Keras: <c>keras.losses.CategoricalCrossentropy</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced. Class numbers go with <see cref="SparseCategoricalCrossentropy"/>.
/// <code>model.Compile("adam", loss: "categorical_crossentropy");  // after Dense(10, activation: "softmax")</code>
/// </remarks>
public sealed class CategoricalCrossentropy : CategoricalLoss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="fromLogits">Whether predictions are logits, before a softmax; false by default.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets become y(1 − s) + s/C; 0 by default.</param>
    /// <param name="axis">The axis of the classes; the last by default.</param>
    /// <param name="reduction">How per-sample values become one number; their mean by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException"><paramref name="labelSmoothing"/> is out of range.</exception>
    public CategoricalCrossentropy(bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1, Reduction reduction = default, string? name = null)
        : base(reduction, name)
    {
        FromLogits = fromLogits;
        LabelSmoothing = Probabilities.CheckedSmoothing(nameof(CategoricalCrossentropy), labelSmoothing);
        Axis = axis;
    }

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; }

    /// <summary>The smoothing s.</summary>
    public double LabelSmoothing { get; }

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => Log(yPred).mul(Probabilities.Smooth(yTrue, LabelSmoothing, Axis).neg()).sum(Axis);

    /// <inheritdoc/>
    protected override Tensor Mean(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        // The sign and the mean go into the targets, which have no gradient.
        var target = Probabilities.Smooth(yTrue, LabelSmoothing, Axis).mul(-(double)yPred.size(Axis) / yPred.numel());
        return Log(yPred).mul(target).sum();
    }

    private Tensor Log(Tensor yPred) => FromLogits ? torch.nn.functional.log_softmax(yPred, Axis) : Probabilities.Log(yPred, Axis);
}
