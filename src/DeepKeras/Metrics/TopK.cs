namespace DeepKeras.Metrics;

/// <summary>What both top-k accuracies share.</summary>
internal static class TopK
{
    /// <summary>Whether fewer than k scores are above that of the target's class: ties count as hits, as in Keras.</summary>
    /// <param name="classes">Class numbers (N, …), int64.</param>
    /// <param name="scores">(N, …, C).</param>
    /// <param name="k">How many guesses are allowed.</param>
    public static Tensor Contains(Tensor classes, Tensor scores, int k) =>
        scores.gt(scores.gather(-1, classes.unsqueeze(-1))).sum(-1).lt(k);

    public static int CheckedK(string metric, int k) =>
        k >= 1 ? k : throw Throw.MetricArgument(metric, nameof(k), "at least 1", k, "Give the number of guesses that count as a hit.");
}
