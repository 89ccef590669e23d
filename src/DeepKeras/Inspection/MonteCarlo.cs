using DeepKeras.Data;
using DeepKeras.Training;

namespace DeepKeras.Inspection;

/// <summary>
/// How sure a model is: many predictions of the same samples with dropout, stochastic depth and noise drawing as in training, and everything else, batch normalization
/// included, as in inference (Gal and Ghahramani 2016, "Dropout as a Bayesian approximation").
/// </summary>
/// <remarks>
/// <code>
/// using var sure = MonteCarlo.Predict(model, images, passes: 50);
/// var probabilities = sure.Mean;                // (N, classes)
/// var doubt = sure.Entropy();                   // (N): high where the classes are told apart badly
/// </code>
/// </remarks>
public static class MonteCarlo
{
    /// <summary>Predicts the samples several times and gathers mean and deviation.</summary>
    /// <param name="model">A model of one output with at least one layer that draws: Dropout, SpatialDropout2D, GaussianNoise, GaussianDropout or StochasticDepth.</param>
    /// <param name="x">Inputs; the first axis counts samples.</param>
    /// <param name="passes">How many times, at least 2; 50 by default.</param>
    /// <param name="batchSize">Samples per batch; 32 by default.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The figures, on the CPU.</returns>
    /// <exception cref="KerasException">No layer draws, or an argument is out of range.</exception>
    public static MonteCarloPrediction Predict(Model model, TensorData x, int passes = 50, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        _ = model.Output;
        if (passes < 2) throw Throw.OutOfRange(nameof(passes), "at least 2", passes);
        if (batchSize < 1) throw Throw.OutOfRange(nameof(batchSize), "at least 1", batchSize);
        if (!Draws(model)) throw Throw.NothingDraws(model);
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var plan = new Plan(model.Graph, model.Inputs, model.Outputs, training: true, noiseOnly: true);
        var inputs = ArrayInputs.ReadInputs(model, x);
        var parts = new List<Tensor[]>();
        for (long start = 0, samples = inputs[0].size(0); start < samples; start += batchSize)
        {
            var count = Math.Min(batchSize, samples - start);
            using var inner = torch.NewDisposeScope();
            var batch = model.Preparer.Prepare(new Batch([.. inputs.Select(t => t.narrow(0, start, count))], [], null, count));
            parts.Add([.. Gather(plan, batch.Inputs, passes, cancellationToken).Select(t => t.cpu().MoveToOuterDisposeScope())]);
        }
        Tensor Whole(int part) => torch.cat([.. parts.Select(p => p[part])], 0).MoveToOuterDisposeScope();
        return new(Whole(0), Whole(1), Whole(2), passes);
    }

    // Welford's running mean and sum of squared differences, and the mean of p · ln p.
    private static Tensor[] Gather(Plan plan, IReadOnlyList<Tensor> inputs, int passes, CancellationToken cancellation)
    {
        Tensor? mean = null, squares = null, information = null;
        for (var pass = 1; pass <= passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var output = plan.Run(inputs)[0];
            if (mean is null)
            {
                (mean, squares, information) = (torch.zeros_like(output).MoveToOuterDisposeScope(), torch.zeros_like(output).MoveToOuterDisposeScope(), torch.zeros_like(output).MoveToOuterDisposeScope());
            }
            var difference = output.sub(mean);
            mean.add_(difference.div(pass));
            squares!.add_(difference.mul(output.sub(mean)));
            information!.add_(output.xlogy(output).div(passes));
        }
        return [mean!, squares!.div(passes).clamp_min(0).sqrt(), information!];
    }

    private static bool Draws(Model model) => model.Sublayers.Any(l => Plan.IsNoise(l) || (l is Model nested && Draws(nested)));
}
