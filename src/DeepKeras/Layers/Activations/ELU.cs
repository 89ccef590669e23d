namespace DeepKeras.Layers;

/// <summary>The exponential linear unit: x for x &gt; 0, <c>alpha · (eˣ − 1)</c> below (Keras: <c>keras.layers.ELU</c>; Clevert et al., 2016).</summary>
/// <remarks><b>Shapes</b> unchanged. <code>var t = ELU(alpha: 0.5)(t);</code></remarks>
public sealed class ELU : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="alpha">Size of the negative limit; 1 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public ELU(double alpha = 1, Shape? inputShape = null, string? name = null)
        : base(inputShape, name) => Alpha = alpha;

    /// <summary>Size of the negative limit.</summary>
    public double Alpha { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => torch.nn.functional.elu(input, Alpha);
}
