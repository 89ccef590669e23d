namespace DeepKeras.Metrics;

/// <summary>How often the largest score is at the target's class, for one-hot targets (Keras: <c>keras.metrics.CategoricalAccuracy</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → ()</c>.
/// <code>model.Compile("adam", loss: "categorical_crossentropy", metrics: ["accuracy"]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class CategoricalAccuracy(string? name = null) : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName) => TargetShapes.CheckOneHot(this, yTrue, yPred, outputName);

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        Add(yPred.argmax(-1).eq(yTrue.argmax(-1)), sampleWeight);
    }
}
