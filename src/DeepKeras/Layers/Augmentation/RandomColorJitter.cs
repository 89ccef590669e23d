namespace DeepKeras.Layers;

/// <summary>While training, changes brightness, contrast, saturation and hue, in this order (Keras: <c>keras.layers.RandomColorJitter</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged; a factor that is left out changes nothing.
/// <code>var t = RandomColorJitter(brightnessFactor: 0.2, contrastFactor: 0.2, saturationFactor: [0.4, 0.6], hueFactor: 0.1)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomColorJitter : RandomAugmentationLayer
{
    private readonly List<RandomAugmentationLayer> _changes = [];

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="brightnessFactor">As in <see cref="RandomBrightness"/>; none by default.</param>
    /// <param name="contrastFactor">As in <see cref="RandomContrast"/>; none by default.</param>
    /// <param name="saturationFactor">As in <see cref="RandomSaturation"/>: 0.5 changes nothing; none by default.</param>
    /// <param name="hueFactor">As in <see cref="RandomHue"/>; none by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor or the range is not valid.</exception>
    public RandomColorJitter(
        Numbers? valueRange = null,
        Numbers? brightnessFactor = null,
        Numbers? contrastFactor = null,
        Numbers? saturationFactor = null,
        Numbers? hueFactor = null,
        int? seed = null,
        DataFormat dataFormat = default,
        Shape? inputShape = null,
        string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _ = FactorRange.Values(Where, ValueRange);
        BrightnessFactor = brightnessFactor;
        ContrastFactor = contrastFactor;
        SaturationFactor = saturationFactor;
        HueFactor = hueFactor;
        if (brightnessFactor is not null) _changes.Add(new RandomBrightness(brightnessFactor, ValueRange, name: $"{Name}_brightness"));
        if (contrastFactor is not null) _changes.Add(new RandomContrast(contrastFactor, ValueRange, name: $"{Name}_contrast"));
        if (saturationFactor is not null) _changes.Add(new RandomSaturation(saturationFactor, ValueRange, name: $"{Name}_saturation"));
        if (hueFactor is not null) _changes.Add(new RandomHue(hueFactor, ValueRange, name: $"{Name}_hue"));
    }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    /// <summary>How far the brightness may change.</summary>
    public Numbers? BrightnessFactor { get; }

    /// <summary>How far the contrast may change.</summary>
    public Numbers? ContrastFactor { get; }

    /// <summary>How far the saturation may change.</summary>
    public Numbers? SaturationFactor { get; }

    /// <summary>How far the hue may change.</summary>
    public Numbers? HueFactor { get; }

    private protected override bool NeedsColour => SaturationFactor is not null || HueFactor is not null;

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) => new ChainTransform([.. _changes.Select(c => c.Draw(random, batch)!)]);
}
