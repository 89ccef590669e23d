namespace DeepKeras.Losses;

/// <summary>
/// The Huber loss: <c>x²/2</c> for |x| ≤ δ and <c>δ|x| − δ²/2</c> beyond, x = ŷ − y, averaged over the last axis (Keras: <c>keras.losses.Huber</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced. As in Keras its name in logs is <c>huber_loss</c>.
/// <code>model.Compile("adam", loss: new Huber(delta: 0.5));</code>
/// </remarks>
public sealed class Huber : ElementwiseLoss
{
    /// <summary>Creates the loss.</summary>
    /// <param name="delta">Where the parabola goes over into a line; 1 by default, above 0.</param>
    /// <param name="reduction">How per-sample values become one number; their mean by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException"><paramref name="delta"/> is not positive.</exception>
    public Huber(double delta = 1.0, Reduction reduction = default, string? name = null)
        : base(reduction, name ?? "huber_loss") =>
        Delta = delta > 0 ? delta : throw Throw.LossArgument(nameof(Huber), nameof(delta), "above 0", delta, "Leave it out for 1.");

    /// <summary>Where the parabola goes over into a line.</summary>
    public double Delta { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred) =>
        MeanOfLastAxis(torch.nn.functional.huber_loss(yPred, yTrue, Delta, torch.nn.Reduction.None));

    /// <inheritdoc/>
    protected override Tensor Mean(Tensor yTrue, Tensor yPred) => torch.nn.functional.huber_loss(yPred, yTrue, Delta);
}
