namespace DeepKeras.Metrics;

/// <summary>Intersection over union of one-hot targets, averaged over all classes that occur (Keras: <c>keras.metrics.OneHotMeanIoU</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …, C), (N, …, C) → ()</c>.
/// <code>model.Compile("adam", loss: "categorical_crossentropy", metrics: [new OneHotMeanIoU(21)]);</code>
/// </remarks>
/// <param name="numClasses">The number of classes.</param>
/// <param name="name">The name in logs.</param>
/// <param name="dtype">Counts are whole numbers by default, which cuts off fractions of sample weights, as in Keras; <c>float32</c> keeps them.</param>
/// <param name="ignoreClass">A class number in the targets whose positions are not counted.</param>
/// <param name="sparseYPred">Whether predictions are class numbers; by default they are one score per class.</param>
/// <param name="axis">The axis of the classes; the last by default.</param>
public sealed class OneHotMeanIoU(int numClasses, string? name = null, ScalarType dtype = ScalarType.Int64, int? ignoreClass = null, bool sparseYPred = false, int axis = -1)
    : IoU(numClasses, [.. Enumerable.Range(0, Math.Max(0, numClasses))], name, dtype, ignoreClass, false, sparseYPred, axis);
