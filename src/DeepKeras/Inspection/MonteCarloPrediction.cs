namespace DeepKeras.Inspection;

/// <summary>What <see cref="MonteCarlo.Predict"/> found about each sample.</summary>
/// <remarks><code>var sure = MonteCarlo.Predict(model, images); var (p, s) = (sure.Mean, sure.StandardDeviation);</code></remarks>
public sealed class MonteCarloPrediction : IDisposable
{
    private readonly Tensor _information;

    internal MonteCarloPrediction(Tensor mean, Tensor deviation, Tensor information, int passes)
    {
        Mean = mean;
        StandardDeviation = deviation;
        _information = information;
        Passes = passes;
    }

    /// <summary>The mean of the predictions, in the shape of the model's output.</summary>
    public Tensor Mean { get; }

    /// <summary>Their standard deviation, √(Σ (y − mean)² / passes), in the same shape.</summary>
    public Tensor StandardDeviation { get; }

    /// <summary>How many predictions were made.</summary>
    public int Passes { get; }

    /// <summary>
    /// The predictive entropy −Σ p ln p of the mean over the last axis, in nats, from 0 to ln(classes); of one probability (a sigmoid) −p ln p − (1 − p) ln(1 − p).
    /// It is high wherever the classes are told apart badly, whether for want of training or because they overlap.
    /// </summary>
    /// <returns>One number per distribution: the output's shape without its last axis.</returns>
    /// <exception cref="KerasException">The outputs are no probabilities.</exception>
    public Tensor Entropy()
    {
        using var scope = torch.NewDisposeScope();
        return EntropyOfMean().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The mutual information of prediction and draws (BALD, Houlsby et al. 2011): the entropy of the mean minus the mean of the entropies, in nats. It is high only where
    /// the passes contradict each other, which more training data would cure.
    /// </summary>
    /// <returns>One number per distribution: the output's shape without its last axis.</returns>
    /// <exception cref="KerasException">The outputs are no probabilities of several classes.</exception>
    public Tensor MutualInformation()
    {
        if (Mean.size(-1) < 2) throw Throw.OneProbability(Shape.Of(Mean));
        using var scope = torch.NewDisposeScope();
        return EntropyOfMean().add(_information.sum([-1L])).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the figures.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        StandardDeviation.Dispose();
        _information.Dispose();
    }

    private Tensor EntropyOfMean()
    {
        var (least, most) = (Mean.min().ToSingle(), Mean.max().ToSingle());
        if (!(least >= 0 && most <= 1.0001)) throw Throw.NoProbabilities(least, most);
        var p = Mean.size(-1) == 1 ? torch.cat([Mean, Mean.neg().add(1)], -1) : Mean;
        return p.xlogy(p).sum([-1L]).neg();
    }
}
