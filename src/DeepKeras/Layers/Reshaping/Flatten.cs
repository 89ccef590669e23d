namespace DeepKeras.Layers;

/// <summary>Lays all axes but the batch out in a row, in surface order: rows, columns, channels (Keras: <c>keras.layers.Flatten</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, a, b, …) → (N, a · b · …)</c>; <c>(N) → (N, 1)</c>. With "channels_first" the channels are moved last before,
/// so that the order is the same in both formats.
/// <code>var t = Flatten()(Input(5, 5, 16)); // (None, 400)</code>
/// </remarks>
public sealed class Flatten : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Flatten(DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(inputShape, name) => DataFormat = dataFormat;

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => input.Rank == 0
        ? throw Throw.BadInput(this, "at least a batch axis", input, "Give it a batch of samples.")
        : new(input[0], input[1..].ElementCount);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var rank = (int)input.ndim;
        if (rank == 1) return input.unsqueeze(1);
        if (DataFormat.IsChannelsFirst && rank > 2) input = input.permute(ChannelsLast(rank));
        return input.flatten(1);
    }

    private static long[] ChannelsLast(int rank)
    {
        var order = new long[rank];
        for (var axis = 1; axis < rank - 1; axis++) order[axis] = axis + 1;
        order[rank - 1] = 1;
        return order;
    }
}
