using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>Any loss as a metric: the mean of its per-sample values, which divides by Σ w where the loss divides by the number of elements.</summary>
/// <remarks>
/// <b>Shapes</b> those of the loss <c>→ ()</c>.
/// <code>model.Compile("adam", loss: "mse", metrics: [new LossMetric(new Huber(delta: 0.5))]);</code>
/// </remarks>
public class LossMetric : MeanMetric
{
    /// <summary>Creates the metric.</summary>
    /// <param name="loss">The loss; its reduction does not matter.</param>
    /// <param name="name">The name in logs; the loss's name by default.</param>
    public LossMetric(Loss loss, string? name = null)
        : base(name ?? loss?.Name)
    {
        ArgumentNullException.ThrowIfNull(loss);
        Loss = loss;
    }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => false;

    /// <inheritdoc/>
    public override void CheckShapes(Shape yTrue, Shape yPred, string outputName)
    {
        try
        {
            Loss.CheckShapes(yTrue, yPred, outputName);
        }
        catch (KerasException misfit)
        {
            throw Throw.MetricLoss(this, misfit);
        }
    }

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var values = Loss.Values(yTrue, yPred.detach(), out var valid);
        // As in Keras, a loss's own mask changes the weights where there are weights, and nothing where there are none.
        if (sampleWeight is not null && valid is not null)
        {
            var mask = valid.to_type(values.dtype);
            Alignment.Weights(ref mask, ref sampleWeight);
            sampleWeight = mask.mul(sampleWeight);
        }
        Add(values, sampleWeight);
    }
}
