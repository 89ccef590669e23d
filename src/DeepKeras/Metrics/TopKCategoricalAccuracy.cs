namespace DeepKeras.Metrics;

/// <summary>How often the target's class is among the k largest scores, for one-hot targets (Keras: <c>keras.metrics.TopKCategoricalAccuracy</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → ()</c>.
/// <code>model.Compile("adam", loss: "categorical_crossentropy", metrics: [new TopKCategoricalAccuracy(k: 3)]);</code>
/// </remarks>
public sealed class TopKCategoricalAccuracy : MeanMetric
{
    /// <summary>Creates the metric.</summary>
    /// <param name="k">How many of the largest scores count, at least 1; 5 by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <exception cref="KerasException"><paramref name="k"/> is below 1.</exception>
    public TopKCategoricalAccuracy(int k = 5, string? name = null)
        : base(name) => K = TopK.CheckedK(nameof(TopKCategoricalAccuracy), k);

    /// <summary>How many of the largest scores count.</summary>
    public int K { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName) => TargetShapes.CheckOneHot(this, yTrue, yPred, outputName);

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        Add(TopK.Contains(yTrue.argmax(-1), yPred, K), sampleWeight);
    }
}
