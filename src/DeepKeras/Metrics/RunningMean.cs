namespace DeepKeras.Metrics;

/// <summary>The mean of batch figures weighted by batch size, as Keras reports the loss of an epoch: a short last batch counts less. The sum stays on the device.</summary>
internal sealed class RunningMean
{
    private Tensor? _total;
    private long _weight;

    /// <summary>Takes the figure of one batch in.</summary>
    /// <param name="value">A scalar.</param>
    /// <param name="weight">The number of samples.</param>
    public void Add(Tensor value, long weight)
    {
        _total ??= Zero(value.device);
        _total.add_(value.detach(), weight);
        _weight += weight;
    }

    /// <summary>The mean since <see cref="Reset"/>; 0 before the first batch.</summary>
    public Tensor Result() => _total is null ? torch.zeros([]) : _weight == 0 ? _total.clone() : _total.div(_weight);

    /// <summary>Forgets all batches.</summary>
    public void Reset()
    {
        _total?.fill_(0);
        _weight = 0;
    }

    private static Tensor Zero(torch.Device device)
    {
        // Perhaps the first batch comes in inference mode; the sum must outlive it.
        using var normal = torch.inference_mode(false);
        return torch.zeros([], ScalarType.Float32, device).DetachFromDisposeScope();
    }
}
