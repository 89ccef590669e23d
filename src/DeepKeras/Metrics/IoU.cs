namespace DeepKeras.Metrics;

/// <summary>
/// Intersection over union, <c>tp / (tp + fp + fn)</c>, averaged over some classes; classes that occur nowhere are left out
/// (Keras: <c>keras.metrics.IoU</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> class numbers <c>(N, …), (N, …) → ()</c>, or scores with the classes on <c>axis</c>. Class numbers out of range are not counted.
/// <code>model.Compile("adam", loss: "sparse_categorical_crossentropy", metrics: [new IoU(21, targetClassIds: [0, 7], sparseYPred: false)]);</code>
/// </remarks>
public class IoU : Metric
{
    private const double Epsilon = 1e-7;

    private readonly Tensor _matrix;

    /// <summary>Creates the metric.</summary>
    /// <param name="numClasses">The number of classes.</param>
    /// <param name="targetClassIds">The classes that are averaged.</param>
    /// <param name="name">The name in logs.</param>
    /// <param name="dtype">Counts are whole numbers by default, which cuts off fractions of sample weights, as in Keras; <c>float32</c> keeps them.</param>
    /// <param name="ignoreClass">A class number in the targets whose positions are not counted.</param>
    /// <param name="sparseYTrue">Whether targets are class numbers (the default) or one entry per class.</param>
    /// <param name="sparseYPred">Whether predictions are class numbers (the default) or one score per class.</param>
    /// <param name="axis">The axis of the classes, where there is one; the last by default.</param>
    /// <exception cref="KerasException">A class is out of range.</exception>
    public IoU(
        int numClasses,
        int[] targetClassIds,
        string? name = null,
        ScalarType dtype = ScalarType.Int64,
        int? ignoreClass = null,
        bool sparseYTrue = true,
        bool sparseYPred = true,
        int axis = -1)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(targetClassIds);
        if (numClasses < 1) throw Throw.MetricArgument(Name, nameof(numClasses), "at least 1", numClasses, "Count the background as a class too.");
        if (Array.Exists(targetClassIds, id => id < 0 || id >= numClasses))
        {
            throw Throw.MetricArgument(Name, nameof(targetClassIds), $"from 0 to {numClasses - 1}", string.Join(", ", targetClassIds), "Classes are counted from 0.");
        }
        NumClasses = numClasses;
        TargetClassIds = targetClassIds;
        Dtype = dtype;
        IgnoreClass = ignoreClass;
        SparseYTrue = sparseYTrue;
        SparseYPred = sparseYPred;
        Axis = axis;
        _matrix = AddState([(long)numClasses * numClasses], dtype);
    }

    /// <summary>The number of classes.</summary>
    public int NumClasses { get; }

    /// <summary>The classes that are averaged.</summary>
    public int[] TargetClassIds { get; }

    /// <summary>The element type of the counts.</summary>
    public ScalarType Dtype { get; }

    /// <summary>A class number in the targets that is not counted.</summary>
    public int? IgnoreClass { get; }

    /// <summary>Whether targets are class numbers.</summary>
    public bool SparseYTrue { get; }

    /// <summary>Whether predictions are class numbers.</summary>
    public bool SparseYPred { get; }

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override bool? HigherIsBetter => true;

    /// <inheritdoc/>
    public override void Update(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var truth = (SparseYTrue ? yTrue.to_type(ScalarType.Int64) : yTrue.argmax(Axis)).flatten();
        var guess = (SparseYPred ? Classes(yPred.detach()) : yPred.argmax(Axis)).flatten();
        var counted = InRange(truth).logical_and(InRange(guess));
        if (IgnoreClass is { } ignored) counted = counted.logical_and(truth.ne(ignored));
        var weights = counted.to_type(Dtype);
        if (sampleWeight is not null) weights = weights.mul(Spread(sampleWeight.to_type(Dtype), yTrue, truth));
        // Cell (i, j) of the confusion matrix counts class i taken for class j; what does not count adds 0 to cell 0.
        _matrix.scatter_add_(0, truth.mul(NumClasses).add(guess).masked_fill(counted.logical_not(), 0), weights);
    }

    /// <inheritdoc/>
    public override Tensor Result()
    {
        var matrix = _matrix.view(NumClasses, NumClasses);
        // As in Keras the sums are of the counts' type and the rest is float32. 0L, because a plain 0 would be taken for the overload with an element type.
        var either = matrix.sum(0L).add(matrix.sum(1)).sub(matrix.diagonal()).to_type(ScalarType.Float32);
        var both = matrix.diagonal().to_type(ScalarType.Float32);
        if (TargetClassIds.Length != NumClasses)
        {
            var ids = torch.tensor(Array.ConvertAll(TargetClassIds, id => (long)id), [TargetClassIds.Length], ScalarType.Int64, matrix.device);
            (both, either) = (both.index_select(0, ids), either.index_select(0, ids));
        }
        return both.div(either.add(Epsilon)).sum().div(either.gt(1e-9).sum().add(Epsilon));
    }

    /// <summary>The classes that predictions mean when they are not scores.</summary>
    private protected virtual Tensor Classes(Tensor yPred) => yPred.to_type(ScalarType.Int64);

    private Tensor InRange(Tensor classes) => classes.ge(0).logical_and(classes.lt(NumClasses));

    // A weight per sample counts for each of its positions.
    private Tensor Spread(Tensor weights, Tensor yTrue, Tensor flat)
    {
        if (weights.numel() == flat.numel()) return weights.flatten();
        long[] shape = SparseYTrue ? yTrue.shape : [.. yTrue.shape.Where((_, i) => i != (Axis < 0 ? Axis + yTrue.ndim : Axis))];
        for (var missing = shape.Length - weights.ndim; missing > 0; missing--) weights = weights.unsqueeze(-1);
        return weights.expand(shape).flatten();
    }
}
