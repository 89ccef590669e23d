namespace DeepKeras.Metrics;

/// <summary>How often the target's class is among the k largest scores, for class numbers (Keras: <c>keras.metrics.SparseTopKCategoricalAccuracy</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) or (N, …, 1), (N, …, C) → ()</c>.
/// <code>model.Compile("adam", loss: "sparse_categorical_crossentropy", metrics: [new SparseTopKCategoricalAccuracy(k: 3)]);</code>
/// </remarks>
public sealed class SparseTopKCategoricalAccuracy : MeanMetric
{
    /// <summary>Creates the metric.</summary>
    /// <param name="k">How many of the largest scores count, at least 1; 5 by default.</param>
    /// <param name="name">The name in logs.</param>
    /// <param name="fromSortedIds">Whether predictions are class numbers, best first, instead of scores; false by default.</param>
    /// <exception cref="KerasException"><paramref name="k"/> is below 1.</exception>
    public SparseTopKCategoricalAccuracy(int k = 5, string? name = null, bool fromSortedIds = false)
        : base(name)
    {
        K = TopK.CheckedK(nameof(SparseTopKCategoricalAccuracy), k);
        FromSortedIds = fromSortedIds;
    }

    /// <summary>How many of the largest scores count.</summary>
    public int K { get; }

    /// <summary>Whether predictions are class numbers, best first.</summary>
    public bool FromSortedIds { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName) => TargetShapes.CheckClassNumbers(this, yTrue, yPred, outputName);

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (yTrue.ndim == yPred.ndim && yTrue.size(-1) == 1) yTrue = yTrue.squeeze(-1);
        Add(FromSortedIds ? Listed(yTrue, yPred) : TopK.Contains(yTrue.to_type(ScalarType.Int64), yPred, K), sampleWeight);
    }

    private Tensor Listed(Tensor yTrue, Tensor yPred) =>
        yPred.narrow(-1, 0, Math.Min(K, yPred.size(-1))).eq(yTrue.unsqueeze(-1)).any(-1);
}
