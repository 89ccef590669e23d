namespace DeepKeras.Metrics;

/// <summary>Intersection over union, averaged over all classes that occur (Keras: <c>keras.metrics.MeanIoU</c>).</summary>
/// <remarks>
/// <b>Shapes</b> class numbers <c>(N, …), (N, …) → ()</c>, or scores with the classes on <paramref name="axis"/>.
/// <code>model.Compile("adam", loss: "sparse_categorical_crossentropy", metrics: [new MeanIoU(21, sparseYPred: false)]);</code>
/// </remarks>
/// <param name="numClasses">The number of classes.</param>
/// <param name="name">The name in logs.</param>
/// <param name="dtype">Counts are whole numbers by default, which cuts off fractions of sample weights, as in Keras; <c>float32</c> keeps them.</param>
/// <param name="ignoreClass">A class number in the targets whose positions are not counted.</param>
/// <param name="sparseYTrue">Whether targets are class numbers (the default) or one entry per class.</param>
/// <param name="sparseYPred">Whether predictions are class numbers (the default) or one score per class.</param>
/// <param name="axis">The axis of the classes; the last by default.</param>
public sealed class MeanIoU(int numClasses, string? name = null, ScalarType dtype = ScalarType.Int64, int? ignoreClass = null, bool sparseYTrue = true, bool sparseYPred = true, int axis = -1)
    : IoU(numClasses, [.. Enumerable.Range(0, Math.Max(0, numClasses))], name, dtype, ignoreClass, sparseYTrue, sparseYPred, axis);
