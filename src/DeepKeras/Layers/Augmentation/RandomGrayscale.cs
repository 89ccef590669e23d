namespace DeepKeras.Layers;

/// <summary>While training, takes the colours from some images: <c>0.2989 R + 0.587 G + 0.114 B</c> in all channels (Keras: <c>keras.layers.RandomGrayscale</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// <code>var t = RandomGrayscale(0.1)(Input(32, 32, 3)); // every tenth image</code>
/// </remarks>
public sealed class RandomGrayscale : RandomAugmentationLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The probability for an image, from 0 to 1; ½ by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor is not between 0 and 1.</exception>
    public RandomGrayscale(double factor = 0.5, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        if (factor is not (>= 0 and <= 1)) throw Throw.BadArgument(Where, nameof(factor), "between 0 and 1", factor, "It is the share of images that become grey.");
        Factor = factor;
    }

    /// <summary>The probability for an image.</summary>
    public double Factor { get; }

    private protected override bool NeedsColour => true;

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        PixelTransform.Where(PerImage(batch, () => random.Chance(Factor)), images => ColorSpace.Gray(images).expand(images.shape));
}
