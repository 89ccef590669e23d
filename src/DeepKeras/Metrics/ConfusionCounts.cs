namespace DeepKeras.Metrics;

/// <summary>True and false positives and negatives at each threshold: tensors of shape (thresholds) or (labels, thresholds).</summary>
internal readonly record struct ConfusionCounts(Tensor TruePositives, Tensor FalsePositives, Tensor TrueNegatives, Tensor FalseNegatives)
{
    public Tensor Precision() => Losses.Alignment.DivideNoNan(TruePositives, TruePositives.add(FalsePositives));

    public Tensor Recall() => Losses.Alignment.DivideNoNan(TruePositives, TruePositives.add(FalseNegatives));

    public Tensor Specificity() => Losses.Alignment.DivideNoNan(TrueNegatives, TrueNegatives.add(FalsePositives));
}
