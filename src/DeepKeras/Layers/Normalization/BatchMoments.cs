namespace DeepKeras.Layers;

/// <summary>Mean and variance (divided by n) of each channel of a batch, of shape [1, channels, 1 …].</summary>
/// <param name="Mean">The means.</param>
/// <param name="Variance">The variances.</param>
internal sealed record BatchMoments(Tensor Mean, Tensor Variance)
{
    // Keras's guard against a batch in which no step counts (backend.epsilon).
    private const double MaskedEpsilon = 1e-7;

    /// <summary>Those of a batch with the channels on axis 1.</summary>
    /// <param name="x">The batch.</param>
    /// <param name="counted">Which elements count, of the same shape; null where all do.</param>
    public static BatchMoments Of(Tensor x, Tensor? counted)
    {
        long[] others = [.. Enumerable.Range(0, (int)x.ndim).Where(a => a != 1)];
        if (counted is null)
        {
            var mean = x.mean(others, true);
            return new(mean, x.sub(mean).square().mean(others, true));
        }
        var left = counted.logical_not();
        var total = counted.to_type(x.dtype).sum(others, true).add(MaskedEpsilon);
        var masked = x.masked_fill(left, 0).sum(others, true).div(total);
        return new(masked, x.sub(masked).masked_fill(left, 0).square().sum(others, true).div(total));
    }
}
