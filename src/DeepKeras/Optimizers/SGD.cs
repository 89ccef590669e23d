using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Stochastic gradient descent, with momentum and Nesterov's look-ahead if wanted (Keras: <c>keras.optimizers.SGD</c>).
/// </summary>
/// <remarks>
/// Without momentum <c>w ← w − ηg</c>; with it <c>m ← μm − ηg, w ← w + m</c>; Nesterov <c>w ← w + μm − ηg</c> with the new m.
/// The learning rate is inside the velocity, so a change of rate acts on later gradients only (torch's SGD differs there).
/// <code>model.Compile(new SGD(0.01, momentum: 0.9, nesterov: true), loss: "mse");</code>
/// </remarks>
[KerasName("sgd")]
public sealed class SGD : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.01 by default.</param>
    /// <param name="momentum">How much of the old velocity each step keeps, 0 … 1; 0 for plain descent.</param>
    /// <param name="nesterov">Whether to look ahead along the velocity.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>sgd</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public SGD(
        LearningRate? learningRate = null,
        double momentum = 0.0,
        bool nesterov = false,
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
        : base(learningRate ?? 0.01, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        if (momentum is not (>= 0 and <= 1)) throw Throw.BadArgument(Where, nameof(momentum), "from 0 to 1", momentum, "0.9 is a common choice.");
        Momentum = momentum;
        Nesterov = nesterov;
    }

    /// <summary>How much of the old velocity each step keeps.</summary>
    public double Momentum { get; }

    /// <summary>Whether to look ahead along the velocity.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables =>
        Momentum > 0 || CyclesMomentum ? [new("momentum")] : [];

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var value = slot.Value;
        if (RuleStateCount == 0)
        {
            value.add_(gradient, -learningRate);
            return;
        }
        var momentum = MomentumOr(Momentum);
        var velocity = slot[0].mul_(momentum).add_(gradient, -learningRate);
        if (Nesterov) value.add_(velocity, momentum).add_(gradient, -learningRate);
        else value.add_(velocity);
    }
}
