namespace DeepKeras.Layers;

/// <summary>While training, adds one number to all pixels of an image (Keras: <c>keras.layers.RandomBrightness</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = RandomBrightness(0.2)(Input(32, 32, 3)); // −51 to 51 of 255</code>
/// </remarks>
public sealed class RandomBrightness : RandomAugmentationLayer
{
    private readonly (double Low, double High) _shares;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The number as a share of the range of values: one number f for −f … f, or a range, within −1 … 1.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor or the range is not valid.</exception>
    public RandomBrightness(Numbers factor, Numbers? valueRange = null, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _shares = FactorRange.Read(Where, nameof(factor), factor, -1, 1);
        Factor = factor;
    }

    /// <summary>The number as a share of the range of values.</summary>
    public Numbers Factor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Of(PerImage(batch, () => random.Uniform(_shares) * (_values.High - _values.Low)), (images, shifts) => images.add(shifts).clamp_(_values.Low, _values.High));
}
