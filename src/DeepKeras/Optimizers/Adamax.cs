using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Adam with the greatest magnitude in place of the mean of squares (Keras: <c>keras.optimizers.Adamax</c>; Kingma and Ba, 2014, section 7).
/// </summary>
/// <remarks>
/// <c>m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g|), w ← w − ηm / ((1 − β₁ᵗ)(u + ε))</c>.
/// <code>model.Compile("adamax", loss: "mse");</code>
/// </remarks>
public sealed class Adamax : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="beta1">How much of the old gradient mean each step keeps, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">How much of the old greatest magnitude each step keeps, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>adamax</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Adamax(
        LearningRate? learningRate = null,
        [KerasName("beta_1")] double beta1 = 0.9,
        [KerasName("beta_2")] double beta2 = 0.999,
        double epsilon = 1e-7,
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
        CheckDecay(beta1, nameof(beta1));
        CheckDecay(beta2, nameof(beta2));
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
    }

    /// <summary>Decay of the gradient mean.</summary>
    public double Beta1 { get; }

    /// <summary>Decay of the greatest magnitude.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("momentum"), new("norm")];

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var beta1 = MomentumOr(Beta1);
        var mean = slot[0].mul_(beta1).add_(gradient, 1 - beta1);
        var greatest = slot[1].copy_(torch.maximum(slot[1] * Beta2, gradient.abs()));
        slot.Value.addcdiv_(mean, greatest + Epsilon, -learningRate / (1 - Math.Pow(beta1, Iterations + 1)));
    }
}
