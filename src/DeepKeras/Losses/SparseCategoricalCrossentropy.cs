namespace DeepKeras.Losses;

/// <summary>
/// The crossentropy of class numbers, <c>−ln p[y]</c>, with p/Σp clipped to [10⁻⁷, 1 − 10⁻⁷]
/// (Keras: <c>keras.losses.SparseCategoricalCrossentropy</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) or (N, …, 1), (N, …, C) → (N, …)</c>, then reduced. One-hot targets go with <see cref="CategoricalCrossentropy"/>.
/// <code>model.Compile("adam", loss: "sparse_categorical_crossentropy");  // after Dense(10, activation: "softmax")</code>
/// </remarks>
/// <param name="fromLogits">Whether predictions are logits, before a softmax; false by default.</param>
/// <param name="ignoreClass">A class number whose positions cost nothing and are left out of the mean; none by default.</param>
/// <param name="reduction">How per-sample values become one number; their mean by default.</param>
/// <param name="axis">The axis of the classes; the last by default.</param>
/// <param name="name">The name in logs.</param>
public sealed class SparseCategoricalCrossentropy(bool fromLogits = false, int? ignoreClass = null, Reduction reduction = default, int axis = -1, string? name = null)
    : ClassNumberLoss(reduction, name)
{
    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>The class number that does not count.</summary>
    public int? IgnoreClass { get; } = ignoreClass;

    /// <summary>The axis of the classes.</summary>
    public int Axis { get; } = axis;

    private protected override int ClassAxis => Axis;

    private protected override int? Ignored => IgnoreClass;

    /// <inheritdoc/>
    public override Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        var classes = WithoutLastAxis(yTrue, yPred);
        if (IgnoreClass is not { } ignored) return LogOfClass(yPred, classes).neg();
        var skip = classes.eq(ignored);
        return LogOfClass(yPred, classes.masked_fill(skip, 0)).neg().masked_fill(skip, 0);
    }

    /// <inheritdoc/>
    protected override Tensor? Mean(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        if (IgnoreClass is not null || yPred.ndim != 2 || Axis is not (-1 or 1)) return null;
        var classes = WithoutLastAxis(yTrue, yPred);
        return FromLogits ? torch.nn.functional.cross_entropy(yPred, classes) : torch.nn.functional.nll_loss(Probabilities.Log(yPred, 1), classes);
    }

    /// <inheritdoc/>
    protected override Tensor? Valid(Tensor yTrue, Tensor yPred, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        return IgnoreClass is { } ignored ? WithoutLastAxis(yTrue, yPred).ne(ignored) : null;
    }

    private Tensor LogOfClass(Tensor yPred, Tensor classes)
    {
        var index = classes.unsqueeze(Axis);
        if (FromLogits) return torch.nn.functional.log_softmax(yPred, Axis).gather(Axis, index).squeeze(Axis);
        // Only the right class is divided, clipped and logged: the same numbers as Keras's, on C times fewer elements.
        var right = yPred.gather(Axis, index).squeeze(Axis);
        return Probabilities.Clip(right.div(yPred.sum(Axis))).log();
    }
}
