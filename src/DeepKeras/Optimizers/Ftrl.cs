using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Follow the regularized leader, for sparse linear models (Keras: <c>keras.optimizers.Ftrl</c>; McMahan et al., 2013).
/// </summary>
/// <remarks>
/// <c>n′ = n + g², σ = (n′^−p − n^−p)/η, z ← z + g − σw, w ← (clip(z, ±λ₁) − z) / (n′^−p/η + 2λ₂ + β/η)</c>, p the (negative) power;
/// with shrinkage λₛ the g inside z is <c>g + 2λₛw</c>.
/// <code>model.Compile(new Ftrl(0.1, l1RegularizationStrength: 0.001), loss: "binary_crossentropy");</code>
/// </remarks>
public sealed class Ftrl : Optimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="learningRatePower">How the rate falls with the sum of squares, at most 0; 0 for a fixed rate.</param>
    /// <param name="initialAccumulatorValue">Where the sums of squares start, at least 0.</param>
    /// <param name="l1RegularizationStrength">λ₁, at least 0: pulls weights to exactly 0.</param>
    /// <param name="l2RegularizationStrength">λ₂, at least 0: holds the steps small.</param>
    /// <param name="l2ShrinkageRegularizationStrength">λₛ, at least 0: a penalty on the size of the weights.</param>
    /// <param name="beta">β of the paper.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>ftrl</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Ftrl(
        LearningRate? learningRate = null,
        double learningRatePower = -0.5,
        double initialAccumulatorValue = 0.1,
        [KerasName("l1_regularization_strength")] double l1RegularizationStrength = 0.0,
        [KerasName("l2_regularization_strength")] double l2RegularizationStrength = 0.0,
        [KerasName("l2_shrinkage_regularization_strength")] double l2ShrinkageRegularizationStrength = 0.0,
        double beta = 0.0,
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
        if (!(initialAccumulatorValue >= 0)) throw Throw.BadArgument(Where, nameof(initialAccumulatorValue), "at least 0", initialAccumulatorValue, "Use 0 to switch it off.");
        if (!(learningRatePower <= 0)) throw Throw.BadArgument(Where, nameof(learningRatePower), "at most 0", learningRatePower, "Keras's default is -0.5.");
        if (!(l1RegularizationStrength >= 0)) throw Throw.BadArgument(Where, nameof(l1RegularizationStrength), "at least 0", l1RegularizationStrength, "Use 0 to switch it off.");
        if (!(l2RegularizationStrength >= 0)) throw Throw.BadArgument(Where, nameof(l2RegularizationStrength), "at least 0", l2RegularizationStrength, "Use 0 to switch it off.");
        if (!(l2ShrinkageRegularizationStrength >= 0)) throw Throw.BadArgument(Where, nameof(l2ShrinkageRegularizationStrength), "at least 0", l2ShrinkageRegularizationStrength, "Use 0 to switch it off.");
        LearningRatePower = learningRatePower;
        InitialAccumulatorValue = initialAccumulatorValue;
        L1RegularizationStrength = l1RegularizationStrength;
        L2RegularizationStrength = l2RegularizationStrength;
        L2ShrinkageRegularizationStrength = l2ShrinkageRegularizationStrength;
        Beta = beta;
    }

    /// <summary>How the rate falls with the sum of squares.</summary>
    public double LearningRatePower { get; }

    /// <summary>Where the sums of squares start.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>λ₁.</summary>
    public double L1RegularizationStrength { get; }

    /// <summary>λ₂.</summary>
    public double L2RegularizationStrength { get; }

    /// <summary>λₛ.</summary>
    public double L2ShrinkageRegularizationStrength { get; }

    /// <summary>β of the paper.</summary>
    public double Beta { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("accumulator", InitialAccumulatorValue), new("linear")];

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var (value, sum, linear) = (slot.Value, slot[0], slot[1]);
        var newSum = sum.addcmul(gradient, gradient, 1);
        var (power, newPower) = (sum.pow(-LearningRatePower), newSum.pow(-LearningRatePower));
        if (L2ShrinkageRegularizationStrength > 0) linear.add_(value, 2 * L2ShrinkageRegularizationStrength);
        linear.add_(gradient).addcmul_(newPower - power, value, -1 / learningRate);
        var curvature = newPower.div_(learningRate).add_((2 * L2RegularizationStrength) + (Beta / learningRate));
        value.copy_(linear.clamp(-L1RegularizationStrength, L1RegularizationStrength).sub_(linear).div_(curvature));
        sum.copy_(newSum);
    }
}
