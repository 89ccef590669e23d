namespace DeepKeras.Layers;

/// <summary>Hands its input through unchanged (Keras: <c>keras.layers.Identity</c>).</summary>
/// <remarks><b>Shapes</b> unchanged. <code>var t = Identity(name: "embedding")(t);</code></remarks>
public sealed class Identity : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Identity(Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
    }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override bool IsIdentityAtInference => true;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => input;
}
