using DeepKeras.Schedules;

namespace DeepKeras;

/// <summary>
/// Steps in units of its own earlier steps (Keras: <c>keras.optimizers.Adadelta</c>; Zeiler, 2012).
/// </summary>
/// <remarks>
/// <c>E ← ρE + (1 − ρ)g², d = g√(D + ε)/√(E + ε), D ← ρD + (1 − ρ)d², w ← w − ηd</c>.
/// The paper's form has η = 1; Keras's default is 0.001.
/// <code>model.Compile(new Adadelta(1.0), loss: "mse");</code>
/// </remarks>
public sealed class Adadelta : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="rho">How much of the old means each step keeps, 0 ≤ ρ &lt; 1.</param>
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
    /// <param name="name">The name; by default <c>adadelta</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Adadelta(
        LearningRate? learningRate = null,
        double rho = 0.95,
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
        CheckDecay(rho, nameof(rho));
        Rho = rho;
        Epsilon = epsilon;
    }

    /// <summary>Decay of both means.</summary>
    public double Rho { get; }

    /// <summary>Added to the denominator.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("accumulated_grad"), new("accumulated_delta_var")];

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var squares = slot[0].mul_(Rho).addcmul_(gradient, gradient, 1 - Rho);
        var change = (slot[1] + Epsilon).div_(squares + Epsilon).sqrt_().mul_(gradient);
        slot[1].mul_(Rho).addcmul_(change, change, 1 - Rho);
        slot.Value.add_(change, -learningRate);
    }
}
