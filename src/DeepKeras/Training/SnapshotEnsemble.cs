using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>One model with several sets of weights, whose predictions are averaged.</summary>
/// <remarks>Each prediction puts the sets into the model in turn, and then its own weights back. <code>var probabilities = snapshots.Ensemble().Predict(x);</code></remarks>
public sealed class SnapshotEnsemble
{
    private readonly Model _model;
    private readonly IReadOnlyList<IReadOnlyList<Tensor>> _weights;

    /// <summary>Puts sets of weights together.</summary>
    /// <param name="model">The model that all of them belong to.</param>
    /// <param name="weights">What <c>model.GetWeights()</c> gave at several times, at least one.</param>
    /// <exception cref="KerasException">There is no set, or one does not fit the model.</exception>
    public SnapshotEnsemble(Model model, IReadOnlyList<IReadOnlyList<Tensor>> weights)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Count == 0) throw Throw.NoSnapshots(nameof(SnapshotEnsemble));
        for (var i = 0; i < weights.Count; i++)
        {
            var set = weights[i];
            var misfit = set.Count != model.Weights.Count ? -1 : Enumerable.Range(0, set.Count).FirstOrDefault(w => !model.Weights[w].Shape.Accepts(set[w].shape), set.Count);
            if (misfit < set.Count) throw Throw.SnapshotWeights(i, misfit < 0 ? $"{set.Count} arrays where the model has {model.Weights.Count}." : $"{new Shape(set[misfit].shape)} for {model.Weights[misfit].Path} {model.Weights[misfit].Shape}.");
        }
        (_model, _weights) = (model, [.. weights]);
    }

    /// <summary>How many sets there are.</summary>
    public int Count => _weights.Count;

    /// <summary>The mean of the predictions with each set of weights; for classes, the mean of the probabilities.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="batchSize">Samples per batch; 32 by default.</param>
    /// <returns>One tensor per output, on the CPU.</returns>
    public Predictions Predict(TensorData x, int? batchSize = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = torch.NewDisposeScope();
        using var recording = torch.no_grad();
        var own = _model.GetWeights();
        Tensor[]? sums = null;
        try
        {
            foreach (var weights in _weights)
            {
                _model.SetWeights(weights);
                var outputs = _model.Predict(x, batchSize);
                sums = sums is null ? [.. outputs.Select(o => o.to_type(ScalarType.Float64))] : [.. sums.Zip(outputs, (sum, o) => sum.add(o))];
            }
        }
        finally
        {
            _model.SetWeights(own);
        }
        return new([.. sums!.Zip(_model.Outputs, (sum, o) => sum.div(Count).to_type(o.Dtype).MoveToOuterDisposeScope())], _model.OutputNames);
    }
}
