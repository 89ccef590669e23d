using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>Pearson correlation <c>cov(y, ŷ) / (σ_y · σ_ŷ)</c> along an axis, averaged over samples (Keras: <c>keras.metrics.PearsonCorrelation</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → ()</c>; with <c>axis: 0</c> the correlation runs over the samples of a batch.
/// <code>model.Compile("adam", loss: "mse", metrics: [new PearsonCorrelation(axis: 0)]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
/// <param name="axis">The axis along which values are compared; the last by default.</param>
public sealed class PearsonCorrelation(string? name = null, int axis = -1) : MeanMetric(name)
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
        // Standardised values with the population's deviation (no n − 1), as in Keras.
        var (a, b) = (Centred(yTrue), Centred(yPred));
        var scale = Mean(a.square()).mul(Mean(b.square())).sqrt();
        Add(Mean(a.mul(b)).div(scale).squeeze(Axis), sampleWeight);
    }

    private Tensor Centred(Tensor values) => values.sub(Mean(values));

    private Tensor Mean(Tensor values) => values.mean(_axes, true);
}
