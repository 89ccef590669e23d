namespace DeepKeras.Training;

/// <summary>Weights per class turned into weights per sample, once before training.</summary>
internal static class ClassWeights
{
    /// <param name="targets">Integer labels (n) or (n, 1), or one-hot rows (n, classes).</param>
    /// <param name="weights">A factor per class; 1 where one is missing.</param>
    public static Tensor ToSampleWeights(Tensor targets, IReadOnlyDictionary<int, double> weights)
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var labels = (targets.ndim > 1 && targets.shape[^1] > 1 ? targets.argmax(-1) : targets.reshape(targets.shape[0])).to_type(ScalarType.Int64).cpu();
        var highest = Math.Max(labels.max().item<long>(), weights.Count == 0 ? 0 : weights.Keys.Max());
        var table = Enumerable.Range(0, (int)highest + 1).Select(c => (float)weights.GetValueOrDefault(c, 1)).ToArray();
        return torch.tensor(table).index_select(0, labels.flatten()).reshape(labels.shape).MoveToOuterDisposeScope();
    }
}
