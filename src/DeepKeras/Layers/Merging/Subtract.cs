namespace DeepKeras.Layers;

/// <summary>The difference of its inputs.</summary>
/// <param name="name">A unique name; automatic by default.</param>
public sealed class Subtract(string? name = null) : MergeLayer(name: name)
{
    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training)
    {
        var total = inputs[0];
        foreach (var next in inputs.Skip(1)) total = torch.sub(total, next);
        return total;
    }
}
