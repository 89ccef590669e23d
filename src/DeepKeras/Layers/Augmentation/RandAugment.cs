namespace DeepKeras.Layers;

/// <summary>While training, puts every image through a few changes out of eleven, chosen at random (Cubuk et al. 2020; Keras: <c>keras.layers.RandAugment</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// The eleven: RandomShear, RandomTranslation, RandomRotation, RandomBrightness, RandomColorDegeneration, RandomContrast, RandomSharpness, RandomPosterization,
/// Solarization, AutoContrast, Equalization. Keras chooses per batch; here every image has its own choice.
/// <code>var t = RandAugment(numOps: 2, factor: 0.3)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandAugment : RandomAugmentationLayer
{
    private readonly ImageChanges _changes;

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="numOps">How many changes each image goes through; 2 by default. One may come twice.</param>
    /// <param name="factor">How strong they are: one number f for 0 … f, or a range, within 0 … 1; 0.5 by default.</param>
    /// <param name="interpolation">Of moved pixels: <c>"bilinear"</c> (default) or <c>"nearest"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A number is out of range, or the interpolation is unknown.</exception>
    public RandAugment(Numbers? valueRange = null, int numOps = 2, Numbers? factor = null, string interpolation = "bilinear", int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        if (numOps < 0) throw Throw.BadArgument(Where, nameof(numOps), "0 or more", numOps, "2 is a good value.");
        ValueRange = valueRange ?? [0, 255];
        Factor = factor ?? 0.5;
        NumOps = numOps;
        Interpolation = interpolation;
        _changes = new(this, Factor, ValueRange, interpolation);
    }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    /// <summary>How many changes each image goes through.</summary>
    public int NumOps { get; }

    /// <summary>How strong the changes are.</summary>
    public Numbers Factor { get; }

    /// <summary>How moved pixels are read.</summary>
    public string Interpolation { get; }

    private protected override bool NeedsColour => true;

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var steps = new ImageTransform[NumOps];
        for (var i = 0; i < steps.Length; i++) steps[i] = _changes.Draw(random, batch, PerImage(batch, () => random.Below(_changes.Count)));
        return new ChainTransform(steps);
    }
}
