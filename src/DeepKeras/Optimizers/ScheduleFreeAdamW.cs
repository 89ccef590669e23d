using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// AdamW that averages instead of following a schedule (Keras: <c>keras.optimizers.ScheduleFreeAdamW</c>; Defazio et al., 2024, arxiv.org/abs/2405.15682).
/// </summary>
/// <remarks>
/// <c>v ← β₂v + (1 − β₂)g², z ← z − ηg / (√(v/(1 − β₂ᵗ)) + ε), w ← (1 − 1/t)w + z/t</c>; z starts as the weights.
/// That is what Keras 3.16 computes on PyTorch, where z is changed in place before the average is taken from it: β₁, which shall mix z and the average, drops out.
/// <code>model.Compile(new ScheduleFreeAdamW(warmupSteps: 1000), loss: "mse");</code>
/// </remarks>
[KerasName("schedulefreeadamw")]
public sealed class ScheduleFreeAdamW : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.0025 by default.</param>
    /// <param name="beta1">The share of the average in the weights, 0 ≤ β₁ &lt; 1; without effect (see remarks), kept for Keras's files.</param>
    /// <param name="beta2">How much of the old mean of squares each step keeps, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    /// <param name="warmupSteps">Steps over which the rate rises from 0; none by default.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>schedulefreeadamw</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public ScheduleFreeAdamW(
        LearningRate? learningRate = null,
        [KerasName("beta_1")] double beta1 = 0.9,
        [KerasName("beta_2")] double beta2 = 0.999,
        double epsilon = 1e-8,
        int warmupSteps = 0,
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
        : base(learningRate ?? 0.0025, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        CheckDecay(beta1, nameof(beta1));
        CheckDecay(beta2, nameof(beta2));
        if (warmupSteps < 0) throw Throw.BadArgument(Where, nameof(warmupSteps), "at least 0", warmupSteps, "0 begins with the full rate.");
        Beta1 = beta1;
        Beta2 = beta2;
        Epsilon = epsilon;
        WarmupSteps = warmupSteps;
    }

    /// <summary>The share of the average in the weights.</summary>
    public double Beta1 { get; }

    /// <summary>Decay of the mean of squares.</summary>
    public double Beta2 { get; }

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; }

    /// <summary>Steps over which the rate rises.</summary>
    public int WarmupSteps { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("momentum"), new("velocity")];

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var step = Iterations + 1;
        if (WarmupSteps > 0) learningRate *= Math.Min((double)step / WarmupSteps, 1);
        var square = slot[1].mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var denominator = square.div(1 - Math.Pow(Beta2, step)).sqrt_().add_(Epsilon);
        var ahead = slot[0].addcdiv_(gradient, denominator, -learningRate);
        slot.Value.mul_(1 - (1.0 / step)).add_(ahead, 1.0 / step);
    }

    /// <inheritdoc/>
    protected internal override Tensor CreateState(Tensor value, StateVariable variable) => variable.Name == "momentum" ? value.detach().clone() : base.CreateState(value, variable);
}
