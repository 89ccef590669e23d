using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Adam with Nesterov's look-ahead (Keras: <c>keras.optimizers.Nadam</c>; Dozat, 2015).
/// </summary>
/// <remarks>
/// <c>μₜ = β₁(1 − ½·0.96ᵗ)</c>; m and v as in <see cref="Adam"/>; <c>m̂ = μₜ₊₁m/(1 − Πμₜ₊₁) + (1 − μₜ)g/(1 − Πμₜ)</c>, <c>w ← w − ηm̂ / (√(v/(1 − β₂ᵗ)) + ε)</c>.
/// <code>model.Compile("nadam", loss: "mse");</code>
/// </remarks>
public sealed class Nadam : Optimizer
{
    internal const string ProductName = "u_product";

    private const double Decay = 0.96;
    private double _product = 1;

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
    /// <param name="name">The name; by default <c>nadam</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Nadam(
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
    protected internal override void BeginUpdate() => _product *= Factor(Iterations + 1);

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var step = Iterations + 1;
        var (now, next) = (Factor(step), Factor(step + 1));
        var mean = slot[0].mul_(Beta1).add_(gradient, 1 - Beta1);
        var square = slot[1].mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var ahead = (mean * (next / (1 - (_product * next)))).add_(gradient, (1 - now) / (1 - _product));
        slot.Value.addcdiv_(ahead, (square / (1 - Math.Pow(Beta2, step))).sqrt_().add_(Epsilon), -learningRate);
    }

    internal override IReadOnlyList<(string Name, Tensor Value)> ExtraState() => [(ProductName, torch.tensor(_product))];

    internal override void SetExtraState(Func<string, Tensor> valueOf) => _product = Number(valueOf(ProductName));

    /// <summary>The product after so many updates, for files that do not hold it.</summary>
    internal double ProductAfter(long updates)
    {
        var product = 1.0;
        for (var step = 1L; step <= updates; step++) product *= Factor(step);
        return product;
    }

    private double Factor(long step) => Beta1 * (1 - (0.5 * Math.Pow(Decay, step)));
}
