namespace DeepKeras.Layers;

/// <summary>Gives each sample another shape of as many elements; the order of the elements stays (Keras: <c>keras.layers.Reshape</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, …) → (N, targetShape…)</c>; one entry of −1 takes what the others leave.
/// <code>var t = Reshape((-1, 7))(Input(28)); // (None, 4, 7)</code>
/// </remarks>
public sealed class Reshape : Layer
{
    private readonly long[] _native;

    /// <summary>Creates the layer.</summary>
    /// <param name="targetShape">The new shape of one sample, without the batch axis; at most one entry may be −1.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An entry is unknown or below −1, or several are −1.</exception>
    public Reshape(Shape targetShape, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (targetShape.Any(d => d is null or < -1)) throw Throw.BadArgument(Where, nameof(targetShape), "made of extents of at least 0 and at most one -1", targetShape, "Write -1 for the extent that shall follow from the others.");
        if (targetShape.Count(d => d == -1) > 1) throw Throw.BadArgument(Where, nameof(targetShape), "without a second -1", targetShape, "Only one extent can follow from the others; write the rest as numbers.");
        TargetShape = targetShape;
        _native = [0, .. targetShape.ToArray()];
    }

    /// <summary>The new shape of one sample.</summary>
    public Shape TargetShape { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        if (input.Rank == 0) throw Throw.BadInput(this, "at least a batch axis", input, "Give it a batch of samples.");
        var known = 1L;
        var free = -1;
        for (var i = 0; i < TargetShape.Rank; i++)
        {
            if (TargetShape[i] == -1) free = i;
            else known *= TargetShape[i]!.Value;
        }
        var output = new Shape(input[0]).Append([.. TargetShape]);
        if (input[1..].ElementCount is not { } elements) return free < 0 ? output : output.With(free + 1, null);
        if (free < 0 ? known != elements : known == 0 || elements % known != 0) throw Throw.ReshapeMismatch(this, input, elements, TargetShape, known, free >= 0);
        return free < 0 ? output : output.With(free + 1, elements / known);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var shape = (long[])_native.Clone();
        shape[0] = input.size(0);
        return input.reshape(shape);
    }
}
