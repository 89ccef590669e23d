namespace DeepKeras.Layers;

/// <summary>
/// While training, multiplies by normal noise of mean 1 and standard deviation √(rate / (1 − rate)); otherwise hands its input through
/// (Keras: <c>keras.layers.GaussianDropout</c>; Srivastava et al. 2014, section 10).
/// </summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = GaussianDropout(0.3)(Input(512));</code>
/// </remarks>
public sealed class GaussianDropout : Layer, IRandomLayer
{
    private readonly RandomStream _random;
    private readonly double _deviation;

    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The drop rate whose variance the noise has, from 0 up to but not including 1.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The rate is not in its range.</exception>
    public GaussianDropout(double rate, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (rate is not (>= 0 and < 1)) throw Throw.BadArgument(Where, nameof(rate), "at least 0 and below 1, where the noise would be infinite,", rate, "Usual values lie between 0.1 and 0.5.");
        Rate = rate;
        Seed = seed;
        _random = new(seed);
        _deviation = Math.Sqrt(rate / (1 - rate));
    }

    /// <summary>The drop rate whose variance the noise has.</summary>
    public double Rate { get; }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    RandomStream IRandomLayer.Random => _random;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override bool IsIdentityAtInference => true;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) =>
        training && Rate > 0 ? input.mul(Noise.Normal(input.shape, input, 1, _deviation, _random)) : input;
}
