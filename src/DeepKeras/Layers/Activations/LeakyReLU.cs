using System.Globalization;

namespace DeepKeras.Layers;

/// <summary>The leaky rectifier: x for x ≥ 0, <c>negativeSlope · x</c> below (Keras: <c>keras.layers.LeakyReLU</c>; Maas et al., 2013).</summary>
/// <remarks><b>Shapes</b> unchanged. The function <c>"leaky_relu"</c> has another default slope, 0.2. <code>var t = LeakyReLU(0.1)(t);</code></remarks>
public sealed class LeakyReLU : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="negativeSlope">Slope below 0, not negative; 0.3 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="negativeSlope"/> is negative.</exception>
    public LeakyReLU(double negativeSlope = 0.3, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (!(negativeSlope >= 0)) throw Throw.BadArgument(Where, nameof(negativeSlope), "a number that is not negative", negativeSlope.ToString(CultureInfo.InvariantCulture), "The usual slopes lie between 0.01 and 0.3.");
        NegativeSlope = negativeSlope;
    }

    /// <summary>Slope below 0.</summary>
    public double NegativeSlope { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => torch.nn.functional.leaky_relu(input, NegativeSlope);
}
