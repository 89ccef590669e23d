namespace DeepKeras.Layers;

/// <summary>While training, adds normal noise of mean 0; otherwise hands its input through (Keras: <c>keras.layers.GaussianNoise</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = GaussianNoise(0.1)(Input(784));</code>
/// </remarks>
public sealed class GaussianNoise : Layer, IRandomLayer
{
    private readonly RandomStream _random;

    /// <summary>Creates the layer.</summary>
    /// <param name="stddev">The standard deviation of the noise, from 0 to 1.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The standard deviation is not between 0 and 1.</exception>
    public GaussianNoise(double stddev, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (stddev is not (>= 0 and <= 1)) throw Throw.BadArgument(Where, nameof(stddev), "between 0 and 1", stddev, "Scale the data so that noise of at most 1 makes sense.");
        Stddev = stddev;
        Seed = seed;
        _random = new(seed);
    }

    /// <summary>The standard deviation of the noise.</summary>
    public double Stddev { get; }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    RandomStream IRandomLayer.Random => _random;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override bool IsIdentityAtInference => true;

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) =>
        training && Stddev > 0 ? input.add(Noise.Normal(input.shape, input, 0, Stddev, _random)) : input;
}
