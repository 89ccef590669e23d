namespace DeepKeras.Layers;

/// <summary>
/// While training, sets elements to 0 with probability <c>rate</c> and divides the others by 1 − rate; otherwise hands its input through
/// (Keras: <c>keras.layers.Dropout</c>; Srivastava et al. 2014).
/// </summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = Dropout(0.5)(Input(512));</code>
/// </remarks>
public sealed class Dropout : Layer, IRandomLayer
{
    private readonly RandomStream _random;

    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of elements dropped, from 0 to 1.</param>
    /// <param name="noiseShape">
    /// The shape of the mask, batch axis included: 1 where one draw shall serve a whole axis, unknown (null) or the input's extent elsewhere.
    /// By default every element has a draw of its own.
    /// </param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The rate is not between 0 and 1, or an extent of the mask is not positive.</exception>
    public Dropout(double rate, Shape? noiseShape = null, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (rate is not (>= 0 and <= 1)) throw Throw.DropRate(Where, rate);
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
        if (Rate == 1) return input.mul(0);
        if (NoiseShape is null && Seed is null && input.device_type != DeviceType.CPU) return torch.nn.functional.dropout(input, Rate, true, false);
        return input.mul(Noise.KeepMask(NoiseShapes.Of(NoiseShape, input), input, Rate, _random));
    }
}
