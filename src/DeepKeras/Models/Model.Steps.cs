using DeepKeras.Data;

namespace DeepKeras;

/// <content>What happens with one batch. Override <see cref="TrainStep"/> for a training of one's own.</content>
public partial class Model
{
    private readonly SideResults _side = new();

    /// <summary>
    /// One training step: forward, loss, one optimizer step, metrics. It runs inside a dispose scope, so tensors made here need no disposal.
    /// </summary>
    /// <param name="batch">The batch on the model's device.</param>
    protected internal virtual void TrainStep(Batch batch)
    {
        if (Compiled!.Optimizer is SecondOrderOptimizer optimizer)
        {
            SecondOrderStep(batch, optimizer);
            return;
        }
        var predictions = Forward(batch, training: true);
        var loss = ComputeLoss(batch, predictions);
        Compiled.Optimizer.Minimize(loss);
        Track(batch, predictions, loss);
    }

    /// <summary>One evaluation step, without gradients.</summary>
    /// <param name="batch">The batch on the model's device.</param>
    protected internal virtual void TestStep(Batch batch)
    {
        var predictions = Forward(batch, training: false);
        Track(batch, predictions, Compiled!.HasLoss ? ComputeLoss(batch, predictions) : null);
    }

    /// <summary>One prediction step, without gradients.</summary>
    /// <param name="batch">The batch on the model's device; it has no targets.</param>
    /// <returns>One tensor per output.</returns>
    protected internal virtual IReadOnlyList<Tensor> PredictStep(Batch batch) => InferencePlan.Run(batch.Inputs);

    /// <summary>Runs the layers on a batch.</summary>
    /// <param name="batch">The batch on the model's device.</param>
    /// <param name="training">Whether dropout, noise and batch statistics are active.</param>
    /// <returns>One tensor per output.</returns>
    protected IReadOnlyList<Tensor> Forward(Batch batch, bool training)
    {
        _side.Clear();
        var outer = SideResults.Current;
        SideResults.Current = _side;
        try
        {
            return (training ? TrainingPlan : InferencePlan).Run(batch.Inputs, _side);
        }
        finally
        {
            SideResults.Current = outer;
        }
    }

    /// <summary>The compiled losses of a batch, weighted, plus the penalties of regularizers and what layers added; positions that the output's mask leaves out do not count.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="predictions">What <see cref="Forward(Batch, bool)"/> returned.</param>
    /// <returns>A scalar.</returns>
    protected Tensor ComputeLoss(Batch batch, IReadOnlyList<Tensor> predictions) => Compiled!.ComputeLoss(batch, predictions, _side);

    /// <summary>Takes a batch into the running loss and the metrics.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="predictions">What <see cref="Forward(Batch, bool)"/> returned.</param>
    /// <param name="loss">What <see cref="ComputeLoss"/> returned, or <see langword="null"/>.</param>
    protected void Track(Batch batch, IReadOnlyList<Tensor> predictions, Tensor? loss)
    {
        using var gradients = torch.no_grad();
        if (loss is not null) Compiled!.Total.Add(loss, batch.Count);
        Compiled!.UpdateMetrics(batch, predictions, _side);
    }
}
