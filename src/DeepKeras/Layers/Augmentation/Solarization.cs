namespace DeepKeras.Layers;

/// <summary>While training, adds to all pixels and turns those that reach a threshold into their negative (Keras: <c>keras.layers.Solarization</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = Solarization(additionFactor: 0.2, thresholdFactor: 0.6)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class Solarization : RandomAugmentationLayer
{
    private readonly (double Low, double High) _additions;
    private readonly (double Low, double High) _thresholds;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="additionFactor">What is added, as a share of the range of values: one number f for 0 … f, or a range, within 0 … 1; 0 by default.</param>
    /// <param name="thresholdFactor">The threshold, likewise; at 0 (default) every pixel is turned.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor or the range is not valid.</exception>
    public Solarization(Numbers? additionFactor = null, Numbers? thresholdFactor = null, Numbers? valueRange = null, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        AdditionFactor = additionFactor ?? 0;
        ThresholdFactor = thresholdFactor ?? 0;
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _additions = FactorRange.Read(Where, nameof(additionFactor), AdditionFactor, 0, 1);
        _thresholds = FactorRange.Read(Where, nameof(thresholdFactor), ThresholdFactor, 0, 1);
    }

    /// <summary>What is added.</summary>
    public Numbers AdditionFactor { get; }

    /// <summary>The threshold.</summary>
    public Numbers ThresholdFactor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var range = _values.High - _values.Low;
        var additions = PerImage(batch, () => random.Uniform(_additions) * range);
        var thresholds = PerImage(batch, () => (random.Uniform(_thresholds) * range) + _values.Low);
        return new ChainTransform(
            PixelTransform.Of(additions, (images, shifts) => images.add(shifts).clamp_(_values.Low, _values.High)),
            PixelTransform.Of(thresholds, (images, limits) => torch.where(images.lt(limits), images, images.neg().add_(_values.Low + _values.High))));
    }
}
