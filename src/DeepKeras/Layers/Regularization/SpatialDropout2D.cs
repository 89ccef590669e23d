namespace DeepKeras.Layers;

/// <summary>
/// Dropout of whole channels: while training, a channel of an image is 0 everywhere with probability <c>rate</c>, else divided by 1 − rate
/// (Keras: <c>keras.layers.SpatialDropout2D</c>; Tompson et al. 2015).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C)</c>, unchanged.
/// <code>var t = SpatialDropout2D(0.2)(Input(28, 28, 16));</code>
/// </remarks>
public sealed class SpatialDropout2D : Layer, IRandomLayer
{
    private readonly RandomStream _random;

    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of channels dropped, from 0 to 1.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The rate is not between 0 and 1.</exception>
    public SpatialDropout2D(double rate, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (rate is not (>= 0 and <= 1)) throw Throw.DropRate(Where, rate);
        Rate = rate;
        DataFormat = dataFormat;
        Seed = seed;
        _random = new(seed);
    }

    /// <summary>The share of channels dropped.</summary>
    public double Rate { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>The seed of the layer's own random numbers.</summary>
    public int? Seed { get; }

    RandomStream IRandomLayer.Random => _random;

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    protected internal override bool IsIdentityAtInference => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        _ = ImageAxes.Read(this, input, DataFormat);
        return input;
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        if (!training || Rate == 0) return input;
        if (Rate == 1) return input.mul(0);
        var (batch, channels) = (input.size(0), input.size(DataFormat.ChannelAxis(4)));
        return input.mul(Noise.KeepMask(DataFormat.IsChannelsFirst ? [batch, channels, 1, 1] : [batch, 1, 1, channels], input, Rate, _random));
    }
}
