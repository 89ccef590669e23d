using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Adam with decoupled weight decay (Keras: <c>keras.optimizers.AdamW</c>; Loshchilov and Hutter, 2019).
/// </summary>
/// <remarks>
/// <c>w ← w − ηλw</c>, then <see cref="Adam"/>'s step. The decay is 0.004 by default (torch: 0.01).
/// <code>var optimizer = new AdamW(1e-3, weightDecay: 0.01); optimizer.ExcludeFromWeightDecay(names: ["bias"]);</code>
/// </remarks>
[KerasName("adamw")]
public sealed class AdamW : Adam
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">Step size or schedule; 0.001 by default.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that a step takes off (decoupled decay); 0.004 by default.</param>
    /// <param name="beta1">How much of the old gradient mean each step keeps, 0 ≤ β₁ &lt; 1.</param>
    /// <param name="beta2">How much of the old mean of squares each step keeps, 0 ≤ β₂ &lt; 1.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    /// <param name="amsgrad">Whether to divide by the greatest mean of squares so far (Reddi et al., 2018).</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep a moving average of the weights.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps.</param>
    /// <param name="lossScaleFactor">Factor on the loss against underflow; the gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps before each update.</param>
    /// <param name="name">The name; by default <c>adamw</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range, or two gradient limits are set.</exception>
    public AdamW(
        LearningRate? learningRate = null,
        double? weightDecay = 0.004,
        [KerasName("beta_1")] double beta1 = 0.9,
        [KerasName("beta_2")] double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
        : base(learningRate, beta1, beta2, epsilon, amsgrad, weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
    }
}
