namespace DeepKeras.Layers;

/// <summary>Runs a layer on every step of a sequence, with the same weights (Keras: <c>keras.layers.TimeDistributed</c>).</summary>
/// <remarks>
/// All steps run at once, as samples of one large batch. Only in training with a layer inside that keeps statistics (BatchNormalization) they run one by one, because
/// each step counts as a batch of its own, as in Keras.
/// <para><b>Shapes</b> <c>(N, steps, …) → (N, steps, …)</c>, behind the steps those of the layer inside.</para>
/// <code>var t = TimeDistributed(Conv2D(16, 3))(Input((10, 32, 32, 3))); // (None, 10, 30, 30, 16)</code>
/// </remarks>
public sealed class TimeDistributed : Wrapper
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
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var (batch, steps) = (input.shape[0], input.shape[1]);
        if (training && Layer.Weights.Any(w => !w.IsTrained)) return torch.stack(input.unbind(1).Select(step => Layer.Forward(step, training)).ToArray(), 1);
        var output = Layer.Forward(input.reshape([batch * steps, .. input.shape[2..]]), training);
        return output.reshape([batch, steps, .. output.shape[1..]]);
    }

    private Shape StepShape(Shape input) =>
        input.Rank < 3 || input[1] == 0 ? throw Throw.NotASequence(this, input) : new([input[0], .. input.Skip(2)]);
}
