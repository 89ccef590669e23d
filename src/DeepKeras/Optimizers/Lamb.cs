using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Adam whose step is as long, per weight, as the weight itself times the rate: for large batches (Keras: <c>keras.optimizers.Lamb</c>; You et al., 2020).
/// </summary>
/// <remarks>
/// <c>u = m̂ / (√v̂ + ε)</c> with both means corrected, <c>w ← w − η·(‖w‖/‖u‖)·u</c>; the ratio is 1 where either norm is 0.
/// <code>model.Compile(new Lamb(2e-3), loss: "mse");</code>
/// </remarks>
public sealed class Lamb : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="beta1">How much of the old gradient mean each step keeps, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">How much of the old mean of squares each step keeps, 0 ≤ β₂ &lt; 1.</param>
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
    /// <param name="name">The name; by default <c>lamb</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Lamb(
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

    /// <summary>Decay of the mean of squares.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("momentum"), new("velocity")];

    /// <inheritdoc/>
    protected internal override bool IsElementWise => false;

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var step = Iterations + 1;
        var mean = slot[0].mul_(Beta1).add_(gradient, 1 - Beta1);
        var square = slot[1].mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var direction = (mean / (1 - Math.Pow(Beta1, step))).div_((square / (1 - Math.Pow(Beta2, step))).sqrt_().add_(Epsilon));
        var value = slot.Value;
        var (length, stepLength) = (value.norm(), direction.norm());
        var ratio = length / stepLength;
        ratio = torch.where(length.gt(0).logical_and(stepLength.gt(0)), ratio, torch.ones_like(ratio));
        value.add_(direction.mul_(ratio), -learningRate);
    }
}
