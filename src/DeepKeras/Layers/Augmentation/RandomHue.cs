namespace DeepKeras.Layers;

/// <summary>While training, turns the hues of images around the colour circle (Keras: <c>keras.layers.RandomHue</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = RandomHue(0.2)(Input(32, 32, 3)); // by up to 36° either way</code>
/// </remarks>
public sealed class RandomHue : RandomAugmentationLayer
{
    private readonly (double Low, double High) _halfTurns;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The angle as a share of half a turn: one number f for 0 … f, or a range, within 0 … 1; the direction is drawn too.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor or the range is not valid.</exception>
    public RandomHue(Numbers factor, Numbers? valueRange = null, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _halfTurns = FactorRange.Read(Where, nameof(factor), factor, 0, 1);
        Factor = factor;
    }

    /// <summary>The angle as a share of half a turn.</summary>
    public Numbers Factor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    private protected override bool NeedsColour => true;

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Of(PerImage(batch, () => (random.Chance(0.5) ? -0.5 : 0.5) * random.Uniform(_halfTurns)), (images, turns) => ColorSpace.TurnHue(images, turns, _values));
}
