namespace DeepKeras.Layers;

/// <summary>Puts its inputs one behind the other along an axis (Keras: <c>keras.layers.Concatenate</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>[(N, …, a), (N, …, b)] → (N, …, a + b)</c> for the last axis; all other extents must agree.
/// <code>var t = Concatenate()(upsampled, skip);</code>
/// </remarks>
public sealed class Concatenate : MergeLayer, IInPlaceFinish
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis to grow; −1, the last, by default. Axis 0 is the batch.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Concatenate(int axis = -1, string? name = null)
        : base(name: name) => Axis = axis;

    /// <summary>The axis to grow.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs)
    {
        var first = inputs[0];
        var axis = Axis < 0 ? Axis + first.Rank : Axis;
        if (axis < 0 || axis >= first.Rank) throw Throw.BadInput(this, $"inputs that have an axis {Axis}", first, "Choose an axis of the inputs; −1 is the last one.");
        var extents = first.ToList();
        for (var i = 1; i < inputs.Count; i++)
        {
            var next = inputs[i];
            if (next.Rank != first.Rank) throw Throw.CannotConcatenate(this, Axis, inputs);
            for (var a = 0; a < extents.Count; a++)
            {
                if (a == axis) extents[a] += next[a];
                else if (extents[a] is null) extents[a] = next[a];
                else if (next[a] is { } extent && extent != extents[a]) throw Throw.CannotConcatenate(this, Axis, inputs);
            }
        }
        return new Shape([.. extents]);
    }

    /// <inheritdoc/>
    public override bool ProducesMask(IReadOnlyList<bool> inputs) => inputs.Contains(true);

    /// <summary>Joined as the values are; along the last axis a step counts if it counts in any input. All steps of an input without a mask count.</summary>
    /// <inheritdoc/>
    public override Tensor ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(masks);
        var rank = inputs[0].ndim;
        var whole = inputs.Select((x, i) => Whole(masks[i], x)).ToArray();
        return (Axis < 0 ? Axis + rank : Axis) == rank - 1 ? whole.Aggregate((a, b) => a.logical_or(b)) : torch.cat(whole, Axis < 0 ? Axis + 1 : Axis);
    }

    /// <inheritdoc/>
    bool IInPlaceFinish.HasFreshResult => true;

    /// <inheritdoc/>
    Tensor IInPlaceFinish.Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish) => finish(Forward(inputs, training));

    /// <inheritdoc/>
    protected internal override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training)
    {
        if (inputs.Count == 1) return inputs[0];
        // Images that lie plane by plane stay so: torch would join them pixel by pixel.
        if (Axis is -1 or 3 && inputs[0].ndim == 4 && !inputs[0].is_contiguous())
        {
            return ImageAxes.ToSurface(torch.cat([.. inputs.Select(x => ImageAxes.ToNative(x, "channels_last"))], 1), "channels_last");
        }
        return torch.cat(inputs as IList<Tensor> ?? [.. inputs], Axis);
    }

    /// <summary>A mask over all axes but the last.</summary>
    private static Tensor Whole(Tensor? mask, Tensor input)
    {
        var shape = input.shape[..^1];
        if (mask is null) return torch.ones(shape, ScalarType.Bool, input.device);
        if (mask.ndim == input.ndim) return mask.any(-1);
        while (mask.ndim < shape.Length) mask = mask.unsqueeze(-1);
        return mask.expand(shape);
    }
}
