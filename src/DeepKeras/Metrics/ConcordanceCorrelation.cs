using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>Lin's concordance correlation <c>2 · cov(y, ŷ) / (σ_y² + σ_ŷ² + (ȳ − mean ŷ)²)</c> along an axis, averaged over samples (Keras: <c>keras.metrics.ConcordanceCorrelation</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → ()</c>; with <c>axis: 0</c> the correlation runs over the samples of a batch.
/// <code>model.Compile("adam", loss: "mse", metrics: [new ConcordanceCorrelation(axis: 0)]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
/// <param name="axis">The axis along which values are compared; the last by default.</param>
public sealed class ConcordanceCorrelation(string? name = null, int axis = -1) : MeanMetric(name)
{
    private readonly long[] _axes = [axis];

    /// <summary>The axis along which values are compared.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        yPred = yPred.detach();
        Alignment.Prepare(ref yTrue, ref yPred, false);
        var (meanTrue, meanPred) = (Mean(yTrue), Mean(yPred));
        var (a, b) = (yTrue.sub(meanTrue), yPred.sub(meanPred));
        var spread = Mean(a.square()).add(Mean(b.square())).add(meanTrue.sub(meanPred).square());
        Add(Mean(a.mul(b)).mul(2).div(spread.add(1e-7)).squeeze(Axis), sampleWeight);
    }

    private Tensor Mean(Tensor values) => values.mean(_axes, true);
}
