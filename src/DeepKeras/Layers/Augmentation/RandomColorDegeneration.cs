namespace DeepKeras.Layers;

/// <summary>While training, mixes images with their grey version: <c>x + f · (grey − x)</c> (Keras: <c>keras.layers.RandomColorDegeneration</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = RandomColorDegeneration(0.5)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomColorDegeneration : RandomAugmentationLayer
{
    private readonly (double Low, double High) _shares;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">f: one number for − that number … that number, or a range, within −1 … 1; 1 makes grey, less than 0 stronger colours.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor or the range is not valid.</exception>
    public RandomColorDegeneration(Numbers factor, Numbers? valueRange = null, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _shares = FactorRange.Read(Where, nameof(factor), factor, -1, 1);
        Factor = factor;
    }

    /// <summary>The share of grey.</summary>
    public Numbers Factor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    private protected override bool NeedsColour => true;

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Of(PerImage(batch, () => random.Uniform(_shares)), (images, shares) => ColorSpace.Gray(images).sub(images).mul_(shares).add_(images).clamp_(_values.Low, _values.High));
}
