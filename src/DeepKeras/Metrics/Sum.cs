using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>The sum of values, <c>Σ w·v</c> (Keras: <c>keras.metrics.Sum</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) → ()</c>.
/// <code>var sum = new Sum();  sum.Update(torch.tensor(new[] { 1f, 3f }));  sum.Result();  // 4</code>
/// </remarks>
public sealed class Sum : Metric
{
    private readonly Tensor _total;

    /// <summary>Creates the metric.</summary>
    /// <param name="name">The name in logs.</param>
    public Sum(string? name = null)
        : base(name) => _total = AddState([]);

    /// <summary>Takes values in.</summary>
    /// <param name="values">Any number of values; the first axis counts samples.</param>
    /// <param name="sampleWeight">A weight per sample, or <see langword="null"/>.</param>
    public void Update(Tensor values, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        values = values.detach();
        if (sampleWeight is not null)
        {
            Alignment.Weights(ref values, ref sampleWeight);
            values = values.mul(sampleWeight);
        }
        _total.add_(values.sum(_total.dtype));
    }

    /// <summary>Takes the predictions in as values; that is what the metric means in a compiled model.</summary>
    /// <param name="yTrue">Not used.</param>
    /// <param name="yPred">The values.</param>
    /// <param name="sampleWeight">A weight per sample, or <see langword="null"/>.</param>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) => Update(yPred, sampleWeight);

    /// <inheritdoc/>
    public override Tensor Result() => _total.clone();
}
