namespace DeepKeras.Metrics;

/// <summary>The mean of values, <c>Σ w·v / Σ w</c> (Keras: <c>keras.metrics.Mean</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) → ()</c>; further axes are averaged first.
/// <code>var mean = new Mean();  mean.Update(torch.tensor(new[] { 1f, 3f }));  mean.Result();  // 2</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class Mean(string? name = null) : MeanMetric(name)
{
    /// <summary>Takes values in.</summary>
    /// <param name="values">Any number of values; the first axis counts samples.</param>
    /// <param name="sampleWeight">A weight per sample, or <see langword="null"/>.</param>
    public void Update(Tensor values, Tensor? sampleWeight = null) => Add(values, sampleWeight);

    /// <summary>Takes the predictions in as values; that is what the metric means in a compiled model.</summary>
    /// <param name="yTrue">Not used.</param>
    /// <param name="yPred">The values.</param>
    /// <param name="sampleWeight">A weight per sample, or <see langword="null"/>.</param>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) => Add(yPred, sampleWeight);
}
