namespace DeepKeras.Metrics;

/// <summary>Intersection over union of yes/no answers, <c>tp / (tp + fp + fn)</c>, averaged over the two classes (Keras: <c>keras.metrics.BinaryIoU</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …), (N, …) → ()</c>; a prediction of at least the threshold means 1.
/// <code>model.Compile("adam", loss: "binary_crossentropy", metrics: [new BinaryIoU(targetClassIds: [1])]);</code>
/// </remarks>
/// <param name="targetClassIds">The classes that are averaged; 0 and 1 by default.</param>
/// <param name="threshold">From it on a prediction means 1; 0.5 by default.</param>
/// <param name="name">The name in logs.</param>
/// <param name="dtype">Counts are whole numbers by default, which cuts off fractions of sample weights, as in Keras; <c>float32</c> keeps them.</param>
public sealed class BinaryIoU(int[]? targetClassIds = null, double threshold = 0.5, string? name = null, ScalarType dtype = ScalarType.Int64)
    : IoU(2, targetClassIds ?? [0, 1], name, dtype)
{
    /// <summary>From it on a prediction means 1.</summary>
    public double Threshold { get; } = threshold;

    private protected override Tensor Classes(Tensor yPred) => yPred.ge(Threshold).to_type(ScalarType.Int64);
}
