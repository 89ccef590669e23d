namespace DeepKeras.Training;

/// <summary>Weights per class turned into weights per sample, once before training.</summary>
internal static class ClassWeights
{
    /// <param name="targets">Class numbers (n, …) or (n, …, 1), or one-hot rows (n, …, classes).</param>
    /// <param name="weights">A factor per class; 1 where one is missing.</param>
    public static Tensor ToSampleWeights(Tensor targets, IReadOnlyDictionary<int, double> weights)
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var classes = targets.ndim < 2 ? targets : targets.size(-1) > 1 ? targets.argmax(-1) : targets.squeeze(-1);
        var factors = torch.ones(classes.shape, ScalarType.Float32, classes.device);
        foreach (var (number, factor) in weights) factors = factors.masked_fill(classes.eq(number), factor);
        return factors.MoveToOuterDisposeScope();
    }
}
