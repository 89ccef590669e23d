namespace DeepKeras.Losses;

/// <summary>
/// The binary crossentropy with easy examples weighed down, <c>mean((1 − pₜ)^γ · bce)</c> with pₜ = y·p + (1 − y)(1 − p)
/// (Lin et al., 2018; Keras: <c>keras.losses.BinaryFocalCrossentropy</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("adam", loss: new BinaryFocalCrossentropy(gamma: 2, applyClassBalancing: true));</code>
/// </remarks>
public sealed class BinaryFocalCrossentropy : ElementwiseLoss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="applyClassBalancing">Whether targets of 1 are weighed by α and targets of 0 by 1 − α; false by default.</param>
    /// <param name="alpha">The weight α of targets of 1; 0.25 by default.</param>
    /// <param name="gamma">The focusing exponent γ ≥ 0; 2 by default, 0 for no focusing.</param>
    /// <param name="fromLogits">Whether predictions are logits, before a sigmoid; false by default.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets become y(1 − s) + s/2; 0 by default.</param>
    /// <param name="axis">The axis that is averaged first; the last by default.</param>
    /// <param name="reduction">How per-sample values become one number; their mean by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException"><paramref name="labelSmoothing"/> is out of range.</exception>
    public BinaryFocalCrossentropy(
        bool applyClassBalancing = false,
        double alpha = 0.25,
        double gamma = 2.0,
        bool fromLogits = false,
        double labelSmoothing = 0.0,
        int axis = -1,
        Reduction reduction = default,
        string? name = null)
        : base(reduction, name)
    {
        ApplyClassBalancing = applyClassBalancing;
        Alpha = alpha;
        Gamma = gamma;
        FromLogits = fromLogits;
        LabelSmoothing = Probabilities.CheckedSmoothing(nameof(BinaryFocalCrossentropy), labelSmoothing);
        Axis = axis;
    }

    /// <summary>Whether classes are weighed by α.</summary>
    public bool ApplyClassBalancing { get; }

    /// <summary>The weight α of targets of 1.</summary>
    public double Alpha { get; }

    /// <summary>The focusing exponent γ.</summary>
    public double Gamma { get; }

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; }

    /// <summary>The smoothing s.</summary>
    public double LabelSmoothing { get; }

    /// <summary>The axis that is averaged first.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        var target = Probabilities.SmoothBinary(yTrue, LabelSmoothing);
        var p = FromLogits ? torch.sigmoid(yPred) : yPred;
        var other = target.neg().add(1);
        var crossentropy = torch.nn.functional.binary_cross_entropy(Probabilities.Clip(p), target, null, torch.nn.Reduction.None);
        // 1 − pₜ = y(1 − p) + (1 − y)p.
        var miss = target.mul(p.neg().add(1)).add(other.mul(p));
        var focal = miss.pow(Gamma).mul(crossentropy);
        if (ApplyClassBalancing) focal = focal.mul(target.mul(Alpha).add(other.mul(1 - Alpha)));
        return focal.mean([Axis]);
    }
}
