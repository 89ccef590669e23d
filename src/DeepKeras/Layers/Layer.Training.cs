using DeepKeras.Metrics;

namespace DeepKeras.Layers;

/// <content>What a layer gives to training beside its output.</content>
public abstract partial class Layer
{
    private readonly List<Mean> _metrics = [];

    /// <summary>The figures that this layer reports, in the order they were added; they stand in the logs behind those of the model.</summary>
    public IReadOnlyList<Mean> Metrics => _metrics;

    /// <summary>Adds a term to the loss of the batch that is being computed (Keras: <c>add_loss</c>). Call it from
    /// <see cref="Forward(Tensor, bool)"/>; outside of training and evaluation it has no effect.</summary>
    /// <remarks>It is added as it is: not divided by the batch size, not weighted by sample weights.
    /// <code>AddLoss(mean.square().add(variance.exp()).mean().mul(Beta)); // the divergence of a variational autoencoder</code></remarks>
    /// <param name="value">A scalar that depends on the weights or inputs.</param>
    /// <exception cref="KerasException">It is not a scalar.</exception>
    protected void AddLoss(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.NumberOfElements != 1) throw Throw.LossTerm(this, Shape.Of(value));
        SideResults.Current?.Add(value.ndim == 0 ? value : value.reshape([]));
    }

    /// <summary>Adds a figure to the logs: the mean over an epoch of what its <c>Update</c> is given (Keras: a metric as a member of a layer).
    /// Call it from the constructor and the metric's <c>Update</c> from <see cref="Forward(Tensor, bool)"/>.</summary>
    /// <param name="name">The name in logs and in <see cref="History"/>.</param>
    /// <returns>The metric. It starts anew at each epoch and for validation data.</returns>
    protected Mean AddMetric(string name)
    {
        var metric = new Mean(name);
        _metrics.Add(metric);
        return metric;
    }
}
