using DeepKeras.Schedules;
using DeepKeras.Training;

namespace DeepKeras.Callbacks;

/// <summary>
/// Keeps the weights at the end of every cycle of the learning rate, where the network has settled in another minimum each time (Huang et al., 2017, Snapshot Ensembles: Train 1, get M for free).
/// </summary>
/// <remarks>
/// The optimizer's rate must follow a <see cref="CosineDecayRestarts"/>; with <c>tMul: 1</c> all cycles are equally long, as in the paper.
/// <code>
/// var snapshots = new Snapshots();
/// model.Compile(new SGD(new CosineDecayRestarts(0.1, firstDecaySteps: 500, tMul: 1), momentum: 0.9), "sparse_categorical_crossentropy");
/// model.Fit(x, y, epochs: 50, callbacks: [snapshots]);
/// var probabilities = snapshots.Ensemble().Predict(test);
/// </code>
/// </remarks>
/// <param name="keep">How many of the last snapshots are kept, at least 1; all by default. Each takes as much host memory as the weights.</param>
public sealed class Snapshots(int? keep = null) : Callback
{
    private readonly List<IReadOnlyList<Tensor>> _weights = [];

    /// <summary>How many of the last snapshots are kept.</summary>
    public int? Keep { get; } = keep is null or >= 1 ? keep : throw Throw.BadArgument(nameof(Snapshots), nameof(keep), "at least 1", keep, "Leave it out to keep all.");

    /// <summary>How many there are.</summary>
    public int Count => _weights.Count;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        if (Model.Optimizer!.LearningRate.Schedule is not CosineDecayRestarts) throw Throw.SnapshotsNeedRestarts(this, Model.Optimizer.LearningRate.Schedule?.GetType().Name ?? "a fixed rate");
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs)
    {
        var optimizer = Model.Optimizer!;
        var next = optimizer.MicroSteps;
        // The rate only rises where a cycle starts anew.
        if (next == 0 || optimizer.LearningRate.At(next) <= optimizer.LearningRate.At(next - 1)) return;
        var weights = Model.GetWeights();
        foreach (var weight in weights) _ = weight.DetachFromDisposeScope();
        _weights.Add(weights);
        if (_weights.Count <= Keep || Keep is null) return;
        foreach (var weight in _weights[0]) weight.Dispose();
        _weights.RemoveAt(0);
    }

    /// <summary>The mean of the model's predictions with the weights of all snapshots.</summary>
    /// <exception cref="KerasException">No cycle has ended yet.</exception>
    public SnapshotEnsemble Ensemble() => Count > 0 ? new(Model, _weights) : throw Throw.NoSnapshots(nameof(Snapshots));
}
