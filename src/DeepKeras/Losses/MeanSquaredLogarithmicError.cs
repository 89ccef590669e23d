using DeepKeras.Serialization;

namespace DeepKeras.Losses;

/// <summary>The mean of squared differences of logarithms, <c>mean((ln(1 + y) − ln(1 + ŷ))²)</c> over the last axis, with both clipped below at 10⁻⁷ (Keras: <c>keras.losses.MeanSquaredLogarithmicError</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → (N, …)</c>, then reduced.
/// <code>model.Compile("adam", loss: "msle");</code>
/// </remarks>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="name">The name in logs.</param>
[KerasName("msle", "MSLE")]
public sealed class MeanSquaredLogarithmicError(Reduction reduction = default, string? name = null) : ElementwiseLoss(reduction, name)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var difference = LogOfOneMore(yPred).sub(LogOfOneMore(yTrue));
        return MeanOfLastAxis(difference.square());
    }

    private static Tensor LogOfOneMore(Tensor x) => x.clamp_min(Probabilities.Epsilon).add(1).log();
}
