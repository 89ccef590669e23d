using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>The mean over samples of a function of targets and predictions (Keras: <c>keras.metrics.MeanMetricWrapper</c>).</summary>
/// <remarks>
/// <b>Shapes</b> the function maps <c>(N, …), (N, …) → (N, …)</c>; targets arrive with the predictions' rank and element type.
/// <code>var within = new MeanMetricWrapper((y, p) => (y - p).abs().lt(0.1), "within_a_tenth");</code>
/// </remarks>
public class MeanMetricWrapper : MeanMetric
{
    /// <summary>Creates the metric.</summary>
    /// <param name="function">Gives one value (or more) per sample.</param>
    /// <param name="name">The name in logs; <c>mean_metric_wrapper</c> by default.</param>
    public MeanMetricWrapper(Func<Tensor, Tensor, Tensor> function, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function;
    }

    /// <summary>Gives one value (or more) per sample.</summary>
    public Func<Tensor, Tensor, Tensor> Function { get; }

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        yPred = yPred.detach();
        Alignment.Prepare(ref yTrue, ref yPred, false);
        Add(Function(yTrue, yPred), sampleWeight);
    }
}
