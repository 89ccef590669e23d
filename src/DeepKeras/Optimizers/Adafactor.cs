using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Adaptive steps with row and column statistics in place of a full mean of squares (Keras: <c>keras.optimizers.Adafactor</c>; Shazeer and Stern, 2018).
/// </summary>
/// <remarks>
/// <c>ρ = min(η, 1/√t), α = max(ε₂, RMS(w))·ρ, β₂ₜ = 1 − t^−0.8</c>; from rank 2 up the mean of squares is <c>r/mean(r) · c</c> over the last two axes;
/// <c>u = g/√v, w ← w − α·u / max(1, RMS(u)/clipThreshold)</c>.
/// <code>model.Compile(new Adafactor(0.01), loss: "mse");</code>
/// </remarks>
public sealed class Adafactor : Optimizer
{
    private const int Row = 0;
    private const int Column = 1;
    private const int Square = 2;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="beta2Decay">Power of the step count in the decay of the means; below 0.</param>
    /// <param name="epsilon1">Added to the squared gradient.</param>
    /// <param name="epsilon2">Smallest size of a weight that scales its step.</param>
    /// <param name="clipThreshold">Greatest root mean square of a step before scaling.</param>
    /// <param name="relativeStep">Kept for Keras's signature: the rate is limited to 1/√t in any case.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>adafactor</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public Adafactor(
        LearningRate? learningRate = null,
        [KerasName("beta_2_decay")] double beta2Decay = -0.8,
        [KerasName("epsilon_1")] double epsilon1 = 1e-30,
        [KerasName("epsilon_2")] double epsilon2 = 1e-3,
        double clipThreshold = 1.0,
        bool relativeStep = true,
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
        Beta2Decay = beta2Decay;
        Epsilon1 = epsilon1;
        Epsilon2 = epsilon2;
        ClipThreshold = clipThreshold;
        RelativeStep = relativeStep;
    }

    /// <summary>Power of the step count in the decay.</summary>
    public double Beta2Decay { get; }

    /// <summary>Added to the squared gradient.</summary>
    public double Epsilon1 { get; }

    /// <summary>Smallest weight size that scales a step.</summary>
    public double Epsilon2 { get; }

    /// <summary>Greatest root mean square of a step.</summary>
    public double ClipThreshold { get; }

    /// <summary>Kept for Keras's signature.</summary>
    public bool RelativeStep { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [new("row"), new("column"), new("velocity")];

    /// <inheritdoc/>
    protected internal override bool IsElementWise => false;

    /// <inheritdoc/>
    protected internal override Tensor CreateState(Tensor value, StateVariable variable)
    {
        // The full mean of squares is formed anew in each step from rank 2 up; only vectors keep one.
        var shape = value.shape;
        var isFactored = shape.Length >= 2;
        long[] wanted = variable.Name switch
        {
            "row" => isFactored ? shape[..^1] : [],
            "column" => isFactored ? [.. shape[..^2], shape[^1]] : [],
            _ => isFactored ? [] : shape,
        };
        return torch.zeros(wanted, value.dtype, value.device);
    }

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate)
    {
        var value = slot.Value;
        var step = Iterations + 1;
        var rate = Math.Min(learningRate, 1 / Math.Sqrt(step));
        var kept = 1 - Math.Pow(step, Beta2Decay);
        var square = gradient.square().add_(Epsilon1);
        Tensor mean;
        if (square.ndim < 2)
        {
            mean = slot[Square].mul_(kept).add_(square, 1 - kept);
        }
        else
        {
            var row = slot[Row].mul_(kept).add_(square.mean([-1]), 1 - kept);
            var column = slot[Column].mul_(kept).add_(square.mean([-2]), 1 - kept);
            mean = MeanSquares(row, column);
        }
        var direction = gradient / mean.sqrt();
        var scale = RootMeanSquare(value).clamp_min_(Epsilon2).mul_(rate).div_(RootMeanSquare(direction).div_(ClipThreshold).clamp_min_(1));
        value.sub_(direction.mul_(scale));
    }

    /// <summary>The mean of squares of every element that the means of the rows and columns stand for.</summary>
    internal static Tensor MeanSquares(Tensor row, Tensor column) => (row / row.mean([-1], true)).unsqueeze(-1) * column.unsqueeze(-2);

    private static Tensor RootMeanSquare(Tensor tensor) => tensor.square().mean().sqrt_();
}
