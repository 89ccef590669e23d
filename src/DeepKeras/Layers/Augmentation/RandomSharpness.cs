namespace DeepKeras.Layers;

/// <summary>While training, blurs or sharpens images: <c>smooth + 2 f · (x − smooth)</c> (Keras: <c>keras.layers.RandomSharpness</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// The smooth image is a mean over 3 × 3 pixels in which the middle one counts five times. Pixels at the edge, which lack neighbours, stay as they are,
/// as in Pillow and torchvision; Keras darkens them.
/// <code>var t = RandomSharpness([0.3, 0.9])(Input(32, 32, 3)); // ½ changes nothing</code>
/// </remarks>
public sealed class RandomSharpness : RandomAugmentationLayer
{
    private readonly (double Low, double High) _factors;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">f: one number for 0 … that number, or a range, within 0 … 1: 0 blurs, ½ changes nothing, 1 sharpens.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor or the range is not valid.</exception>
    public RandomSharpness(Numbers factor, Numbers? valueRange = null, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        _factors = FactorRange.Read(Where, nameof(factor), factor, 0, 1);
        Factor = factor;
    }

    /// <summary>What f is drawn from.</summary>
    public Numbers Factor { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Of(PerImage(batch, () => 2 * random.Uniform(_factors)), (images, factors) => Sharpen(images, factors).clamp_(_values.Low, _values.High));

    private static Tensor Sharpen(Tensor images, Tensor factors)
    {
        var sharp = images.clone();
        var (rows, columns) = (images.shape[2] - 2, images.shape[3] - 2);
        if (rows < 1 || columns < 1) return sharp;
        var inner = images.narrow(2, 1, rows).narrow(3, 1, columns);
        var smooth = torch.nn.functional.avg_pool2d(images, 3, 1).mul_(9.0 / 13).add_(inner.mul(4.0 / 13));
        _ = sharp.narrow(2, 1, rows).narrow(3, 1, columns).copy_(inner.sub(smooth).mul_(factors).add_(smooth));
        return sharp;
    }
}
