namespace DeepKeras.Layers;

/// <summary>While training, bends images as if they were drawn on rubber (Simard et al. 2003; Keras: <c>keras.layers.RandomElasticTransform</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// The place that is read is <c>(x + α · dx, y + α · dy)</c>; dx and dy are normal noise times σ, blurred with a bell curve of width σ.
/// With f drawn from the scale once per batch, <c>α = 0.1 · f · max(H, W)</c> and <c>σ = 0.05 · f · min(H, W)</c>.
/// Masks are moved with the nearest pixel along the same places (0 outside where the fill mode is "constant");
/// a box becomes the box around the pixels that are read within it, which Keras does not offer.
/// <code>var t = RandomElasticTransform(scale: 0.5)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomElasticTransform : RandomAugmentationLayer
{
    private readonly (double Low, double High) _probability;
    private readonly (double Low, double High) _scales;
    private readonly (double Low, double High) _values;
    private readonly ImageSampling _sampling;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The probability that an image is changed: one number f for a probability drawn from 0 … f, or a range, within 0 … 1; 1 by default.</param>
    /// <param name="scale">How strongly images are bent: one number f for 0 … f, or a range, within 0 … 1; 1 by default.</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default) or <c>"nearest"</c>.</param>
    /// <param name="fillMode">What lies outside the image: <c>"reflect"</c> (default, <c>d c b a | a b c d | d c b a</c>), <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c> (the edge repeated).</param>
    /// <param name="fillValue">The value outside where the fill mode is <c>"constant"</c>; 0 by default.</param>
    /// <param name="valueRange">Least and greatest value of a pixel, to which the result is cut; <c>[0, 255]</c> by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A number is out of range, or a word is unknown.</exception>
    public RandomElasticTransform(Numbers? factor = null, Numbers? scale = null, string interpolation = "bilinear", string fillMode = "reflect", double fillValue = 0, Numbers? valueRange = null, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        Factor = factor ?? 1;
        Scale = scale ?? 1;
        ValueRange = valueRange ?? [0, 255];
        _probability = FactorRange.Read(Where, nameof(factor), Factor, 0, 1);
        _scales = FactorRange.Read(Where, nameof(scale), Scale, 0, 1);
        _values = FactorRange.Values(Where, ValueRange);
        _sampling = ImageSampling.Parse(interpolation, fillMode, fillValue);
        Interpolation = interpolation;
        FillMode = fillMode;
        FillValue = fillValue;
    }

    /// <summary>The probability that an image is changed.</summary>
    public Numbers Factor { get; }

    /// <summary>How strongly images are bent.</summary>
    public Numbers Scale { get; }

    /// <summary>How an image is read between its pixels.</summary>
    public string Interpolation { get; }

    /// <summary>What lies outside the image.</summary>
    public string FillMode { get; }

    /// <summary>The value outside.</summary>
    public double FillValue { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var strength = random.Uniform(_scales);
        var chosen = PerImage(batch, () => random.Chance(random.Uniform(_probability)));
        var keys = PerImage(batch, random.Next);
        // Without strength the bell has no width.
        if (strength == 0 || _probability.High == 0) return null;
        return new ElasticTransform(chosen, ElasticField.Places(ElasticField.Noise(keys, batch), strength), _sampling, _values);
    }
}
