using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Divides the gradient by a running root mean square of itself (Keras: <c>keras.optimizers.RMSprop</c>; Tieleman and Hinton, 2012).
/// </summary>
/// <remarks>
/// <c>v ← ρv + (1 − ρ)g², w ← w − ηg / √(v + ε)</c>; centered: <c>√(v − ā² + ε)</c> with ā the running mean of g;
/// with momentum <c>m ← μm + ηg / √…, w ← w − m</c>. ε is inside the root (torch has it outside).
/// <code>model.Compile(new RMSprop(learningRate: 0.001), loss: "categorical_crossentropy");</code>
/// </remarks>
[KerasName("rmsprop")]
public sealed class RMSprop : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="rho">How much of the old mean of squares each step keeps, 0 ≤ ρ &lt; 1.</param>
    /// <param name="momentum">How much of the old velocity each step keeps, 0 … 1.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    /// <param name="centered">Whether to divide by the estimated standard deviation in place of the root mean square.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>rmsprop</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public RMSprop(
        LearningRate? learningRate = null,
        double rho = 0.9,
        double momentum = 0.0,
        double epsilon = 1e-7,
        bool centered = false,
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
        CheckDecay(rho, nameof(rho));
        if (momentum is not (>= 0 and <= 1)) throw Throw.BadArgument(Where, nameof(momentum), "from 0 to 1", momentum, "0.9 is a common choice.");
        Rho = rho;
        Momentum = momentum;
        Epsilon = epsilon;
        Centered = centered;
    }

    /// <summary>Decay of the mean of squares.</summary>
    public double Rho { get; }

    /// <summary>How much of the old velocity each step keeps.</summary>
    public double Momentum { get; }

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the mean is subtracted.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => (Momentum > 0 || CyclesMomentum, Centered) switch
    {
        (false, false) => [new("velocity")],
        (true, false) => [new("velocity"), new("momentum")],
        (false, true) => [new("velocity"), new("average_gradient")],
        _ => [new("velocity"), new("momentum"), new("average_gradient")],
    };

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var hasVelocity = RuleStateCount > (Centered ? 2 : 1);
        var square = slot[0].mul_(Rho).addcmul_(gradient, gradient, 1 - Rho);
        Tensor denominator;
        if (Centered)
        {
            var mean = slot[hasVelocity ? 2 : 1].mul_(Rho).add_(gradient, 1 - Rho);
            denominator = square.addcmul(mean, mean, -1).add_(Epsilon).sqrt_();
        }
        else
        {
            denominator = (square + Epsilon).sqrt_();
        }
        if (hasVelocity) slot.Value.sub_(slot[1].mul_(MomentumOr(Momentum)).addcdiv_(gradient, denominator, learningRate));
        else slot.Value.addcdiv_(gradient, denominator, -learningRate);
    }
}
