namespace DeepKeras.Losses;

/// <summary>
/// The generalized crossentropy <c>(1 − p[y]^q) / q</c>, which suffers less from wrong labels: near the crossentropy for q → 0, the mean absolute error for q = 1
/// (Zhang and Sabuncu, 2018; Keras: <c>keras.losses.CategoricalGeneralizedCrossEntropy</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) or (N, …, 1), (N, …, C) → (N, …)</c>, then reduced; targets are class numbers.
/// <code>model.Compile("adam", loss: new CategoricalGeneralizedCrossEntropy(q: 0.7));</code>
/// </remarks>
public sealed class CategoricalGeneralizedCrossEntropy : ClassNumberLoss
{
    // Below every probability that matters, but its power has a finite slope: p = 0 gives no NaN gradient.
    private const double Smallest = 1e-30;

    /// <summary>Creates the loss.</summary>
    /// <param name="q">The exponent, in (0, 1); 0.5 by default.</param>
    /// <param name="reduction">How per-sample values become one number; their mean by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException"><paramref name="q"/> is out of range.</exception>
    public CategoricalGeneralizedCrossEntropy(double q = 0.5, Reduction reduction = default, string? name = null)
        : base(reduction, name) =>
        Q = q is > 0 and < 1 ? q : throw Throw.LossArgument(nameof(CategoricalGeneralizedCrossEntropy), nameof(q), "between 0 and 1, both excluded", q, "Use 0.7, the paper's choice, or the default 0.5.");

    /// <summary>The exponent.</summary>
    public double Q { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var right = yPred.gather(-1, WithoutLastAxis(yTrue, yPred).unsqueeze(-1)).squeeze(-1);
        return right.clamp_min(Smallest).pow(Q).neg().add(1).div(Q);
    }
}
