using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Steps of equal size along the sign of a gradient mean (Keras: <c>keras.optimizers.Lion</c>; Chen et al., 2023).
/// </summary>
/// <remarks>
/// <c>w ← w − η·sign(β₁m + (1 − β₁)g)</c>, then <c>m ← β₂m + (1 − β₂)g</c>. Use a rate 3 to 10 times smaller than Adam's.
/// <code>model.Compile(new Lion(1e-4), loss: "mse");</code>
/// </remarks>
public sealed class Lion : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="beta1">Share of the old mean in the direction of the step, 0 &lt; β₁ ≤ 1.</param>
    /// <param name="beta2">How much of the old gradient mean each step keeps, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>lion</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Lion(
        LearningRate? learningRate = null,
        [KerasName("beta_1")] double beta1 = 0.9,
        [KerasName("beta_2")] double beta2 = 0.99,
        double? weightDecay = null,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
        : base(learningRate ?? 0.001, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        if (beta1 is not (> 0 and <= 1)) throw Throw.BadArgument(Where, nameof(beta1), "above 0 and at most 1", beta1, "Keras's default is 0.9.");
        CheckDecay(beta2, nameof(beta2));
        Beta1 = beta1;
        Beta2 = beta2;
    }

    /// <summary>Share of the old mean in the step.</summary>
    public double Beta1 { get; }

    /// <summary>Decay of the gradient mean.</summary>
    public double Beta2 { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("momentum")];

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        slot.Value.add_((slot[0] * Beta1).add_(gradient, 1 - Beta1).sign_(), -learningRate);
        slot[0].mul_(Beta2).add_(gradient, 1 - Beta2);
    }
}
