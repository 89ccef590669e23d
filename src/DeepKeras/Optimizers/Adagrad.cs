using DeepKeras.Schedules;

namespace DeepKeras;

/// <summary>
/// Divides each element's gradient by the root of the sum of its squares so far (Keras: <c>keras.optimizers.Adagrad</c>; Duchi et al., 2011).
/// </summary>
/// <remarks>
/// <c>a ← a + g², w ← w − ηg / √(a + ε)</c>; a starts at <c>initialAccumulatorValue</c>, ε is inside the root (torch: 0, outside).
/// <code>model.Compile(new Adagrad(0.01), loss: "mse");</code>
/// </remarks>
public sealed class Adagrad : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="initialAccumulatorValue">Where the sums of squares start, at least 0.</param>
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
    /// <param name="name">The name; by default <c>adagrad</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Adagrad(
        LearningRate? learningRate = null,
        double initialAccumulatorValue = 0.1,
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
        if (!(initialAccumulatorValue >= 0)) throw Throw.BadArgument(Where, nameof(initialAccumulatorValue), "at least 0", initialAccumulatorValue, "Keras's default is 0.1.");
        InitialAccumulatorValue = initialAccumulatorValue;
        Epsilon = epsilon;
    }

    /// <summary>Where the sums of squares start.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("accumulator", InitialAccumulatorValue)];

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var sum = slot[0].addcmul_(gradient, gradient, 1);
        slot.Value.addcdiv_(gradient, (sum + Epsilon).sqrt_(), -learningRate);
    }
}
