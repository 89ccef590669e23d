namespace DeepKeras.Layers;

/// <summary>The base of layers that take several inputs and give one output.</summary>
/// <remarks>Where every input has a mask, a step of the output counts if it counts in any of them; otherwise the output has no mask (as in Keras).</remarks>
/// <param name="inputShape">Unused by merging layers; present because every layer has it.</param>
/// <param name="name">A unique name, or <see langword="null"/> for an automatic one.</param>
public abstract class MergeLayer(Shape? inputShape = null, string? name = null) : Layer(inputShape, name), IMaskProducer
{
    /// <inheritdoc/>
    public abstract override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs);

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input) => ComputeOutputShape([input]);

    /// <inheritdoc/>
    public virtual bool ProducesMask(IReadOnlyList<bool> inputs) => inputs.All(has => has);

    /// <inheritdoc/>
    public virtual Tensor ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks)
    {
        ArgumentNullException.ThrowIfNull(masks);
        return masks.Aggregate((a, b) => a!.logical_or(b!))!;
    }

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs)
    {
    }

    /// <inheritdoc/>
    protected internal abstract override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training);

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training) => Forward([input], training);
}
