namespace DeepKeras.Layers;

/// <summary><c>input · scale + offset</c> (Keras: <c>keras.layers.Rescaling</c>). <b>Shapes</b> unchanged.</summary>
public sealed class Rescaling : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="scale">Factor.</param>
    /// <param name="offset">Added after the factor; 0 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Rescaling(double scale, double offset = 0, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        Scale = scale;
        Offset = offset;
    }

    /// <summary>Factor.</summary>
    public double Scale { get; }

    /// <summary>Added after the factor.</summary>
    public double Offset { get; }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var scaled = Scale == 1 ? input : input.mul(Scale);
        return Offset == 0 ? scaled : scaled.add(Offset);
    }
}
