namespace DeepKeras.Layers;

/// <summary>While training, turns some images into their negative: <c>low + high − x</c> (Keras: <c>keras.layers.RandomInvert</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = RandomInvert(0.2)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomInvert : RandomAugmentationLayer
{
    private readonly (double Low, double High) _probability;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The probability for an image: one number f for a probability drawn from 0 … f, or a range, within 0 … 1; 1 by default.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor or the range is not valid.</exception>
    public RandomInvert(Numbers? factor = null, Numbers? valueRange = null, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        Factor = factor ?? 1;
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _probability = FactorRange.Read(Where, nameof(factor), Factor, 0, 1);
    }

    /// <summary>The probability for an image.</summary>
    public Numbers Factor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Where(PerImage(batch, () => random.Chance(random.Uniform(_probability))), images => images.neg().add_(_values.Low + _values.High));
}
