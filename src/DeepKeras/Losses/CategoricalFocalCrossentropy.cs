namespace DeepKeras.Losses;

/// <summary>
/// The categorical crossentropy with easy examples weighed down, <c>−Σ α (1 − p)^γ · y · ln p</c> over the classes
/// (Lin et al., 2018; Keras: <c>keras.losses.CategoricalFocalCrossentropy</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("adam", loss: new CategoricalFocalCrossentropy(gamma: 2));</code>
/// </remarks>
public sealed class CategoricalFocalCrossentropy : CategoricalLoss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="alpha">The weight α of every class; 0.25 by default.</param>
    /// <param name="gamma">The focusing exponent γ ≥ 0; 2 by default, 0 for no focusing.</param>
    /// <param name="fromLogits">Whether predictions are logits, before a softmax; false by default.</param>
    /// <param name="labelSmoothing">s in [0, 1]: targets become y(1 − s) + s/C; 0 by default.</param>
    /// <param name="axis">The axis of the classes; the last by default.</param>
    /// <param name="reduction">How per-sample values become one number; their mean by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException"><paramref name="labelSmoothing"/> is out of range.</exception>
    public CategoricalFocalCrossentropy(
        double alpha = 0.25,
        double gamma = 2.0,
        bool fromLogits = false,
        double labelSmoothing = 0.0,
        int axis = -1,
        Reduction reduction = default,
        string? name = null)
        : base(reduction, name)
    {
        Alpha = alpha;
        Gamma = gamma;
        FromLogits = fromLogits;
        LabelSmoothing = Probabilities.CheckedSmoothing(nameof(CategoricalFocalCrossentropy), labelSmoothing);
        Axis = axis;
    }

    /// <summary>The weight α of every class.</summary>
    public double Alpha { get; }

    /// <summary>The focusing exponent γ.</summary>
    public double Gamma { get; }

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; }

    /// <summary>The smoothing s.</summary>
    public double LabelSmoothing { get; }

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        var p = FromLogits ? torch.nn.functional.softmax(yPred, Axis) : yPred;
        p = Probabilities.Clip(p.div(p.sum(Axis, true)));
        var crossentropy = p.log().mul(Probabilities.Smooth(yTrue, LabelSmoothing, Axis));
        return p.neg().add(1).pow(Gamma).mul(crossentropy).sum(Axis).mul(-Alpha);
    }
}
