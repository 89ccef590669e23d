namespace DeepKeras.Layers;

/// <summary>While training, makes colours paler or stronger (Keras: <c>keras.layers.RandomSaturation</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// The saturation of HSV is multiplied by <c>f / (1 − f)</c> and kept within 0 … 1: 0 makes grey, ½ changes nothing, 1 saturates fully.
/// <code>var t = RandomSaturation([0.4, 0.6])(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomSaturation : RandomAugmentationLayer
{
    private const double Epsilon = 1e-7;
    private readonly (double Low, double High) _factors;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">f: one number for − that number … that number, or a range, within −1 … 1; below 0 as 0.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor or the range is not valid.</exception>
    public RandomSaturation(Numbers factor, Numbers? valueRange = null, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _factors = FactorRange.Read(Where, nameof(factor), factor, -1, 1);
        Factor = factor;
    }

    /// <summary>What f is drawn from.</summary>
    public Numbers Factor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    private protected override bool NeedsColour => true;

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Of(PerImage(batch, () => Math.Max(0, random.Uniform(_factors)) is var f ? f / (1 - f + Epsilon) : 0), (images, factors) => ColorSpace.ScaleSaturation(images, factors, _values));
}
