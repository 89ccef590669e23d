namespace DeepKeras.Metrics;

/// <summary>How often the largest score is at the target's class, for class numbers (Keras: <c>keras.metrics.SparseCategoricalAccuracy</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) or (N, …, 1), (N, …, C) → ()</c>.
/// <code>model.Compile("adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class SparseCategoricalAccuracy(string? name = null) : MeanMetric(name)
{
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
        Add(yPred.argmax(-1).eq(yTrue), sampleWeight);
    }
}
