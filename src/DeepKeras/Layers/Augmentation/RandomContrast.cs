namespace DeepKeras.Layers;

/// <summary>While training, pulls pixels away from their image's mean or towards it: <c>(x − mean) · f + mean</c>, per channel (Keras: <c>keras.layers.RandomContrast</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = RandomContrast(0.3, valueRange: [0, 1])(Input(32, 32, 3)); // f from 0.7 to 1.3</code>
/// </remarks>
public sealed class RandomContrast : RandomAugmentationLayer
{
    private readonly (double Low, double High) _factors;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">f is drawn from 1 − low … 1 + high: one number for both, or (low, high), within 0 … 1.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor or the range is not valid.</exception>
    public RandomContrast(Numbers factor, Numbers? valueRange = null, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        if (factor.Count is not (1 or 2) || factor.Any(f => f is not (>= 0 and <= 1))) throw Throw.Factor(Where, nameof(factor), 0, 1, factor);
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _factors = (1 - factor[0], 1 + factor[^1]);
        Factor = factor;
    }

    /// <summary>How far f may lie from 1.</summary>
    public Numbers Factor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Of(PerImage(batch, () => random.Uniform(_factors)), (images, factors) =>
        {
            var mean = images.mean([2, 3], true);
            return images.sub(mean).mul_(factors).add_(mean).clamp_(_values.Low, _values.High);
        });
}
