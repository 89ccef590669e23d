namespace DeepKeras.Layers;

/// <summary>While training, keeps only the upper bits of every value (Keras: <c>keras.layers.RandomPosterization</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = RandomPosterization([3, 6])(Input(32, 32, 3)); // 3, 4 or 5 of 8 bits</code>
/// </remarks>
public sealed class RandomPosterization : RandomAugmentationLayer
{
    private readonly (double Low, double High) _bits;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">How many of 8 bits are kept: a range of two whole numbers within 1 … 8, the upper one excluded unless both are equal; one number n stands for [1, n].</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor or the range is not valid.</exception>
    public RandomPosterization(Numbers factor, Numbers? valueRange = null, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _bits = FactorRange.Read(Where, nameof(factor), factor, 1, 8);
        if (factor.Any(f => f != Math.Floor(f))) throw Throw.BadArgument(Where, nameof(factor), "whole numbers of bits", factor, "Write for example [3, 6].");
        Factor = factor;
    }

    /// <summary>How many bits are kept.</summary>
    public Numbers Factor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Of(PerImage(batch, () => Math.Pow(2, 8 - _bits.Low - random.Below(Math.Max(1, (int)(_bits.High - _bits.Low))))), (images, steps) =>
        {
            // On the scale of bytes, whole numbers only: a shift to the right and back.
            var range = _values.High - _values.Low;
            var bytes = images.sub(_values.Low).mul_(255 / range).clamp_(0, 255).floor_();
            return bytes.div_(steps).floor_().mul_(steps).mul_(range / 255).add_(_values.Low);
        });
}
