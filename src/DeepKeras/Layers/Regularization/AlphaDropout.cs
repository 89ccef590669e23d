namespace DeepKeras.Layers;

/// <summary>
/// Dropout for networks of SELU units: while training, an element is α′ = −1.7581 with probability <c>rate</c>, and all are scaled and moved so that mean 0 and
/// variance 1 stay (Keras: <c>keras.layers.AlphaDropout</c>; Klambauer et al. 2017, "Self-Normalizing Neural Networks").
/// </summary>
/// <remarks>
/// <c>output = a · (kept ? input : α′) + b</c> with a = ((1 − rate) · (1 + rate · α′²))^−½ and b = −a · α′ · rate. <b>Shapes</b> unchanged.
/// <code>var t = AlphaDropout(0.1)(Dense(512, activation: "selu")(Input(784)));</code>
/// </remarks>
public sealed class AlphaDropout : Layer, IRandomLayer
{
    // SELU's limit on the left: −scale · alpha.
    private const double Limit = -1.0507009873554805 * 1.6732632423543772;
    private readonly RandomStream _random;

    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of elements dropped, at least 0 and below 1.</param>
    /// <param name="noiseShape">
    /// The shape of the mask, batch axis included: 1 where one draw shall serve a whole axis, unknown (null) or the input's extent elsewhere.
    /// By default every element has a draw of its own.
    /// </param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The rate is outside of its range, or an extent of the mask is not positive.</exception>
    public AlphaDropout(double rate, Shape? noiseShape = null, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (rate is not (>= 0 and < 1)) throw Throw.BadArgument(Where, nameof(rate), "at least 0 and below 1", rate, "Give the share to drop: 0.1 drops a tenth. Where all are dropped no scale restores the variance.");
        NoiseShapes.Check(Where, noiseShape);
        Rate = rate;
        NoiseShape = noiseShape;
        Seed = seed;
        _random = new(seed);
    }

    /// <summary>The share of elements dropped.</summary>
    public double Rate { get; }

    /// <summary>The shape of the mask.</summary>
    public Shape? NoiseShape { get; }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    RandomStream IRandomLayer.Random => _random;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override bool IsIdentityAtInference => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => NoiseShapes.Stretched(this, NoiseShape, input);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        if (!training || Rate == 0) return input;
        var scale = 1 / Math.Sqrt((1 - Rate) * (1 + (Rate * Limit * Limit)));
        // The mask is 0 or 1 / (1 − rate): a · (α′ + kept · (input − α′)) + b.
        var mask = Noise.KeepMask(NoiseShapes.Of(NoiseShape, input), input, Rate, _random).mul_(scale * (1 - Rate));
        return input.sub(Limit).mul(mask).add(scale * Limit * (1 - Rate));
    }
}
