using DeepKeras.Serialization;

namespace DeepKeras.Losses;

/// <summary>The mean of squared differences over the last axis, <c>mean((y − ŷ)²)</c> (Keras: <c>keras.losses.MeanSquaredError</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("adam", loss: "mse");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
[KerasName("mse", "MSE")]
public sealed class MeanSquaredError(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yPred);
        return MeanOfLastAxis(yPred.sub(yTrue).square());
    }

    /// <inheritdoc/>
    protected override Tensor Mean(Tensor yTrue, Tensor yPred) => torch.nn.functional.mse_loss(yPred, yTrue);
}
