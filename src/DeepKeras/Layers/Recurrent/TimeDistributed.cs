namespace DeepKeras.Layers;

/// <summary>Runs a layer on every step of a sequence, with the same weights (Keras: <c>keras.layers.TimeDistributed</c>).</summary>
/// <remarks>
/// All steps run at once, as samples of one large batch. Only in training with a layer inside that keeps statistics (BatchNormalization) they run one by one, because
/// each step counts as a batch of its own, as in Keras.
/// <para>The mask of a step, <c>(N, …)</c> of a mask <c>(N, steps, …)</c>, goes to the layer inside if that heeds masks: an LSTM inside leaves out the words that
/// an embedding of texts of texts has masked. The mask ends here.</para>
/// <para><b>Shapes</b> <c>(N, steps, …) → (N, steps, …)</c>, behind the steps those of the layer inside.</para>
/// <code>var t = TimeDistributed(Conv2D(16, 3))(Input((10, 32, 32, 3))); // (None, 10, 30, 30, 16)</code>
/// </remarks>
public sealed class TimeDistributed : Wrapper, IMaskConsumer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layer">What runs on every step; a whole model, too.</param>
    /// <param name="inputShape">Shape of one sequence where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public TimeDistributed(Layer layer, Shape? inputShape = null, string? name = null)
        : base(layer, inputShape, name)
    {
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var output = InnerShape(StepShape(input));
        return new([output[0], input[1], .. output.Skip(1)]);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input) => base.Build(StepShape(input));

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) => [Run(inputs[0], masks[0], training)];

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => Run(input, null, training);

    private Tensor Run(Tensor input, Tensor? mask, bool training)
    {
        if (mask is not null && !mask.shape.AsSpan().StartsWith(input.shape.AsSpan(0, 2))) throw Throw.MaskShape(this, Shape.Of(input), Shape.Of(mask));
        var (batch, steps) = (input.shape[0], input.shape[1]);
        if (training && Layer.Weights.Any(w => !w.IsTrained))
        {
            return torch.stack(input.unbind(1).Select((step, i) => Inside(step, mask?.select(1, i), training)).ToArray(), 1);
        }
        var output = Inside(input.reshape([batch * steps, .. input.shape[2..]]), mask?.reshape([batch * steps, .. mask.shape[2..]]), training);
        return output.reshape([batch, steps, .. output.shape[1..]]);
    }

    // Whether a whole sample counts is a question that only BatchNormalization asks.
    private Tensor Inside(Tensor input, Tensor? mask, bool training) =>
        mask is not null && Layer is IMaskConsumer consumer && (mask.ndim > 1 || (Layer is BatchNormalization && input.ndim == 2))
            ? consumer.Forward([input], [mask], training)[0]
            : Layer.Forward(input, training);

    private Shape StepShape(Shape input) =>
        input.Rank < 3 || input[1] == 0 ? throw Throw.NotASequence(this, input) : new([input[0], .. input.Skip(2)]);
}
