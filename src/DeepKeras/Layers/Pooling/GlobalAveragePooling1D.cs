using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>The mean of each channel over the whole sequence, or over the steps that its mask lets count (Keras: <c>keras.layers.GlobalAveragePooling1D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, C)</c>, or <c>(N, 1, C)</c> with <c>keepdims</c>.
/// <code>var t = GlobalAveragePooling1D()(Input(100, 8)); // (None, 8)</code>
/// </remarks>
[KerasName("GlobalAvgPool1D")]
public sealed class GlobalAveragePooling1D : GlobalPoolingBase, IMaskConsumer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="keepdims">Whether the axis of the steps stays, with extent 1.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public GlobalAveragePooling1D(DataFormat dataFormat = default, bool keepdims = false, Shape? inputShape = null, string? name = null)
        : base(1, dataFormat, keepdims, inputShape, name)
    {
    }

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training)
    {
        var steps = DataFormat.IsChannelsFirst ? 2 : 1;
        var counts = masks[0]!.to_type(ScalarType.Bool).unsqueeze(3 - steps);
        var total = inputs[0].masked_fill(counts.logical_not(), 0).sum(steps, Keepdims);
        return [total.div(counts.to_type(total.dtype).sum(steps, Keepdims))];
    }

    private protected override Tensor Reduce(Tensor input, long[] axes, bool keepdims) => input.mean(axes, keepdims);
}
