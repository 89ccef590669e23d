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

    /// <summary>Sum and weight, for a backup in the middle of an epoch.</summary>
    public IReadOnlyList<Tensor> GetState() => [torch.tensor(_weight), _total is null ? torch.zeros([]) : _total.cpu().clone()];

    /// <summary>Goes on from what <see cref="GetState"/> gave.</summary>
    public void SetState(IReadOnlyList<Tensor> state)
    {
        _weight = state[0].item<long>();
        _total ??= Zero(Keras.Device);
        using var recording = torch.no_grad();
        _total.copy_(state[1]);
    }

    private static Tensor Zero(torch.Device device)
    {
        // Perhaps the first batch comes in inference mode; the sum must outlive it.
        using var normal = torch.inference_mode(false);
        return torch.zeros([], Metric.SumType, device).DetachFromDisposeScope();
    }
}
