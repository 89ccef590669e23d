using DeepKeras.Data;
using DeepKeras.Losses;

namespace DeepKeras.Training;

/// <content>Mean squared errors as sums of squares, for <see cref="LevenbergMarquardt"/>.</content>
internal sealed partial class Compiled
{
    /// <summary>Refuses an output whose loss is no mean squared error.</summary>
    public void CheckSquares(LevenbergMarquardt optimizer)
    {
        for (var i = 0; i < _losses.Length; i++)
        {
            if (_losses[i] is { } loss and not MeanSquaredError) throw Throw.NeedsSquaredError(optimizer, _model.OutputNames[i], loss.GetType().Name);
        }
    }

    /// <summary>What <see cref="ComputeLoss"/> gives, as the sum of the squares of residuals, and the penalties.</summary>
    public SumOfSquares ComputeSquares(Batch batch, IReadOnlyList<Tensor> predictions, SideResults side)
    {
        var parts = new List<Tensor>();
        for (var i = 0; i < predictions.Count; i++)
        {
            if (_losses[i] is not { } loss) continue;
            var (yTrue, yPred) = (batch.Targets[i], predictions[i]);
            Alignment.Prepare(ref yTrue, ref yPred, targetsAreClasses: false);
            var shares = Shares(loss, yTrue, yPred, batch.SampleWeights?[i], side.MaskOf(i)).mul(_weights[i] / Math.Max(1, yPred.size(-1)));
            parts.Add(yPred.sub(yTrue).mul((shares.ndim < yPred.ndim ? shares.unsqueeze(-1) : shares).sqrt()).reshape(-1));
        }
        return new(parts.Count == 1 ? parts[0] : torch.cat(parts, 0), AddPenalties(null, side.Losses));
    }

    /// <summary>How much each sample's value counts in the loss. The reduction is linear in the values, so its gradient says so, whatever weights and reduction are.</summary>
    private static Tensor Shares(Loss loss, Tensor yTrue, Tensor yPred, Tensor? sampleWeight, Tensor? mask)
    {
        using var recording = torch.enable_grad();
        var values = loss.Call(yTrue, yPred).detach();
        values.requires_grad = true;
        var reduced = loss.Reduction.Reduce(values, sampleWeight, mask);
        if (reduced.ndim > 0) reduced = reduced.mean();
        reduced.backward();
        return values.grad!;
    }
}
