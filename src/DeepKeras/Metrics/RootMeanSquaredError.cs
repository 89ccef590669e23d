using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>The root of the mean squared error over all samples, <c>√mean((y − ŷ)²)</c> (Keras: <c>keras.metrics.RootMeanSquaredError</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>.
/// <code>model.Compile("adam", loss: "mse", metrics: [new RootMeanSquaredError()]);</code>
/// </remarks>
/// <param name="name">The name in logs.</param>
public sealed class RootMeanSquaredError(string? name = null) : MeanMetric(name)
{
    /// <inheritdoc/>
    public override bool? HigherIsBetter => false;

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        Alignment.Prepare(ref yTrue, ref yPred, false);
        Add(yPred.detach().sub(yTrue).square(), sampleWeight);
    }

    /// <inheritdoc/>
    public override Tensor Result() => base.Result().sqrt();
}
