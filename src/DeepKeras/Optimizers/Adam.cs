using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Adaptive moment estimation (Keras: <c>keras.optimizers.Adam</c>; Kingma and Ba, 2014).
/// </summary>
/// <remarks>
/// <c>m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², α = η√(1 − β₂ᵗ)/(1 − β₁ᵗ), w ← w − αm / (√v + ε)</c>.
/// ε is added to the uncorrected root ("epsilon hat" in the paper; torch corrects first).
/// <code>model.Compile(new Adam(learningRate: 3e-4), loss: "mse");</code>
/// </remarks>
[KerasName("adam")]
public class Adam : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="beta1">How much of the old gradient mean each step keeps, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">How much of the old mean of squares each step keeps, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    /// <param name="amsgrad">Whether to divide by the greatest mean of squares so far (Reddi et al., 2018).</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>adam</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Adam(
        LearningRate? learningRate = null,
        [KerasName("beta_1")] double beta1 = 0.9,
        [KerasName("beta_2")] double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
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
        Amsgrad = amsgrad;
    }

    /// <summary>Decay of the gradient mean.</summary>
    public double Beta1 { get; }

    /// <summary>Decay of the mean of squares.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the greatest mean of squares so far divides.</summary>
    public bool Amsgrad { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables =>
        Amsgrad ? [new("momentum"), new("velocity"), new("velocity_hat")] : [new("momentum"), new("velocity")];

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var beta1 = MomentumOr(Beta1);
        var step = Iterations + 1;
        var rate = learningRate * Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(beta1, step));
        var mean = slot[0].mul_(beta1).add_(gradient, 1 - beta1);
        var square = slot[1].mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        if (Amsgrad) square = slot[2].copy_(torch.maximum(slot[2], square));
        slot.Value.addcdiv_(mean, square.sqrt().add_(Epsilon), -rate);
    }
}
