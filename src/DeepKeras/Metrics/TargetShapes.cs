using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>What metrics over classes want of their targets' shape. Torch would broadcast one kind of targets against the other without a word.</summary>
internal static class TargetShapes
{
    /// <summary>One entry per class.</summary>
    public static void CheckOneHot(Metric metric, Shape yTrue, Shape yPred, string outputName)
    {
        if (ElementwiseLoss.Fit(yTrue, yPred)) return;
        throw Throw.MetricShape(metric, outputName, yPred, yTrue, ElementwiseLoss.IsOneNumberPerRow(yTrue, yPred)
            ? $"Use Sparse{metric.GetType().Name} for class numbers, or \"accuracy\", which chooses by the shapes."
            : "Give targets of the output's shape.");
    }

    /// <summary>One class number per row of scores.</summary>
    public static void CheckClassNumbers(Metric metric, Shape yTrue, Shape yPred, string outputName)
    {
        var numbers = yPred.Rank == 0 ? yPred : yPred[..^1];
        if (ElementwiseLoss.Fit(yTrue, numbers) || ElementwiseLoss.Fit(yTrue, numbers.Append(1))) return;
        throw Throw.MetricShape(metric, outputName, numbers, yTrue, ElementwiseLoss.Fit(yTrue, yPred)
            ? $"The targets look one-hot: use {metric.GetType().Name["Sparse".Length..]}, or \"accuracy\", which chooses by the shapes."
            : "Give one class number per row of class scores.");
    }
}
