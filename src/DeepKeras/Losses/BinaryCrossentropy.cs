using DeepKeras.Serialization;

namespace DeepKeras.Losses;

/// <summary>
/// The crossentropy of yes/no answers, <c>−mean(y · ln p + (1 − y) · ln(1 − p))</c> over the last axis, p clipped to [10⁻⁷, 1 − 10⁻⁷]
/// (Keras: <c>keras.losses.BinaryCrossentropy</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced; <c>(N)</c> and <c>(N, 1)</c> are the same.
/// <code>model.Compile("adam", loss: "binary_crossentropy");  // after Dense(1, activation: "sigmoid")</code>
/// </remarks>
[KerasName("bce", "BCE")]
public sealed class BinaryCrossentropy : ElementwiseLoss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="fromLogits">Whether predictions are logits, before a sigmoid; false by default.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets become y(1 − s) + s/2; 0 by default.</param>
    /// <param name="axis">The axis that is averaged first; the last by default.</param>
    /// <param name="reduction">How per-sample values become one number; their mean by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException"><paramref name="labelSmoothing"/> is out of range.</exception>
    public BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0.0, int axis = -1, Reduction reduction = default, string? name = null)
        : base(reduction, name)
    {
        FromLogits = fromLogits;
        LabelSmoothing = Probabilities.CheckedSmoothing(nameof(BinaryCrossentropy), labelSmoothing);
        Axis = axis;
    }

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; }

    /// <summary>The smoothing s.</summary>
    public double LabelSmoothing { get; }

    /// <summary>The axis that is averaged first.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) => Elements(yTrue, yPred, torch.nn.Reduction.None).mean([Axis]);

    /// <inheritdoc/>
    protected override Tensor Mean(Tensor yTrue, Tensor yPred) => Elements(yTrue, yPred, torch.nn.Reduction.Mean);

    private Tensor Elements(Tensor yTrue, Tensor yPred, torch.nn.Reduction reduction)
    {
        var target = Probabilities.SmoothBinary(yTrue, LabelSmoothing);
        return FromLogits
            ? torch.nn.functional.binary_cross_entropy_with_logits(yPred, target, null, reduction)
            : torch.nn.functional.binary_cross_entropy(Probabilities.Clip(yPred), target, null, reduction);
    }
}
