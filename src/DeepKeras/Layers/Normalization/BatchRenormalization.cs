using System.Globalization;

namespace DeepKeras.Layers;

/// <summary>
/// What <c>renorm</c> adds to <see cref="BatchNormalization"/>: <c>r = σ_batch / σ</c> and <c>d = (μ_batch − μ) / σ</c> take a normalised batch to where slowly moving statistics
/// μ and σ would have put it (Ioffe, "Batch Renormalization", 2017). Both count as constants in the gradient.
/// </summary>
internal sealed class BatchRenormalization
{
    private static readonly string[] s_bounds = ["rmin", "rmax", "dmax"];
    private readonly BatchNormalization _layer;
    private readonly Weight _movingDeviation;
    private readonly Weight _mean;
    private readonly Weight _deviation;

    /// <param name="layer">The layer, for its settings.</param>
    /// <param name="movingDeviation">σ for inference, from which the moving variance follows.</param>
    /// <param name="mean">μ of the correction.</param>
    /// <param name="deviation">σ of the correction.</param>
    public BatchRenormalization(BatchNormalization layer, Weight movingDeviation, Weight mean, Weight deviation) =>
        (_layer, _movingDeviation, _mean, _deviation) = (layer, movingDeviation, mean, deviation);

    /// <summary>Refuses bounds that Keras refuses.</summary>
    public static void CheckClipping(string where, IReadOnlyDictionary<string, double>? clipping)
    {
        if (clipping is null) return;
        var unknown = clipping.Keys.FirstOrDefault(key => !s_bounds.Contains(key, StringComparer.Ordinal));
        if (unknown is not null) throw Throw.BadArgument(where, "renormClipping", "bounds named rmin, rmax or dmax", $"'{unknown}'", "Write new Dictionary<string, double> { [\"rmax\"] = 3, [\"rmin\"] = 1 / 3.0, [\"dmax\"] = 5 }.");
        if (clipping.TryGetValue("rmin", out var low) && clipping.TryGetValue("rmax", out var high) && !(low <= high))
            throw Throw.BadArgument(where, "renormClipping", "rmin of at most rmax", string.Create(CultureInfo.InvariantCulture, $"rmin {low} and rmax {high}"), "The correction r is held between both; without a correction it is 1.");
        if (clipping.TryGetValue("dmax", out var far) && !(far >= 0))
            throw Throw.BadArgument(where, "renormClipping", "a dmax that is not negative", far.ToString(CultureInfo.InvariantCulture), "The correction d is held between −dmax and dmax.");
    }

    /// <summary>The normalised batch times r plus d, with the statistics as they were before this batch.</summary>
    public Tensor Correct(Tensor normalised, BatchMoments batch)
    {
        Tensor r, d;
        using (torch.no_grad())
        {
            // Keras's floor under σ, early in training.
            var deviation = _deviation.Native.clamp_min(Math.Sqrt(_layer.Epsilon)).view(batch.Mean.shape);
            r = Deviation(batch).div(deviation);
            d = batch.Mean.sub(_mean.Native.view(batch.Mean.shape)).div(deviation);
            if (Bound("rmin") is { } low) r = r.clamp_min(low);
            if (Bound("rmax") is { } high) r = r.clamp_max(high);
            if (Bound("dmax") is { } far) d = d.clamp(-far, far);
        }
        return normalised.mul(r).add(d);
    }

    /// <summary>Moves the deviations and the mean of the correction.</summary>
    /// <returns>The moving variance that follows.</returns>
    public Tensor Move(BatchMoments batch)
    {
        var (mean, deviation) = (batch.Mean.detach().flatten(), Deviation(batch).detach().flatten());
        Follow(_mean, mean, _layer.RenormMomentum);
        Follow(_deviation, deviation, _layer.RenormMomentum);
        Follow(_movingDeviation, deviation, _layer.Momentum);
        return _movingDeviation.Native.square().sub(_layer.Epsilon).relu();
    }

    private static void Follow(Weight weight, Tensor value, double momentum)
    {
        weight.Native.mul_(momentum).add_(value.mul(1 - momentum));
        weight.MarkChanged();
    }

    private Tensor Deviation(BatchMoments batch) => batch.Variance.add(_layer.Epsilon).sqrt();

    private double? Bound(string name) => _layer.RenormClipping?.TryGetValue(name, out var bound) == true ? bound : null;
}
