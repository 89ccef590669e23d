using DeepKeras.Serialization;

namespace DeepKeras.Losses;

/// <summary>The mean of absolute differences over the last axis, <c>mean(|y − ŷ|)</c> (Keras: <c>keras.losses.MeanAbsoluteError</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("adam", loss: "mae");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
[KerasName("mae", "MAE")]
public sealed class MeanAbsoluteError(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        return MeanOfLastAxis(yPred.sub(yTrue).abs());
    }

    /// <inheritdoc/>
    protected override Tensor Mean(Tensor yTrue, Tensor yPred) => torch.nn.functional.l1_loss(yPred, yTrue);
}
