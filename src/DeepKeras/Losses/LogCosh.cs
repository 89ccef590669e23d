namespace DeepKeras.Losses;

/// <summary>The mean of <c>ln cosh(ŷ − y)</c> over the last axis: x²/2 for small differences, |x| − ln 2 for large ones (Keras: <c>keras.losses.LogCosh</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("adam", loss: "log_cosh");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class LogCosh(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        // ln cosh x = x + softplus(−2x) − ln 2, which cannot overflow.
        var x = yPred.sub(yTrue);
        return MeanOfLastAxis(torch.nn.functional.softplus(x.mul(-2)).add(x).sub(Math.Log(2)));
    }
}
