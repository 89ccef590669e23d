namespace DeepKeras.Layers;

/// <summary>While training, looks at images from the side: three of their corners are moved (Keras: <c>keras.layers.RandomPerspective</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// Every corner (x, y) goes to <c>(x + x · u, y + y · v)</c> with u and v between −½ scale and ½ scale, so the upper left one stays.
/// Masks are moved with the nearest pixel and are 0 outside; boxes are moved by their corners.
/// <code>var t = RandomPerspective(scale: 0.3)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomPerspective : RandomAugmentationLayer
{
    private readonly (double Low, double High) _probability;
    private readonly ImageSampling _sampling;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The probability that an image is changed: one number f for a probability drawn from 0 … f, or a range; 1 by default.</param>
    /// <param name="scale">How far corners move, from 0 to 1 (default).</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default) or <c>"nearest"</c>.</param>
    /// <param name="fillValue">The value outside; 0 by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A number is out of range, or the interpolation is unknown.</exception>
    public RandomPerspective(Numbers? factor = null, double scale = 1, string interpolation = "bilinear", double fillValue = 0, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        Factor = factor ?? 1;
        _probability = FactorRange.Read(Where, nameof(factor), Factor, 0, 1);
        if (scale is not (>= 0 and <= 1)) throw Throw.BadArgument(Where, nameof(scale), "between 0 and 1", scale, "At 1 a corner moves by up to half of the image.");
        _sampling = ImageSampling.Parse(interpolation, "constant", fillValue);
        Scale = scale;
        Interpolation = interpolation;
        FillValue = fillValue;
    }

    /// <summary>The probability that an image is changed.</summary>
    public Numbers Factor { get; }

    /// <summary>How far corners move.</summary>
    public double Scale { get; }

    /// <summary>How an image is read between its pixels.</summary>
    public string Interpolation { get; }

    /// <summary>The value outside.</summary>
    public double FillValue { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        new WarpTransform(PerImage(batch, () => random.Chance(random.Uniform(_probability)) ? Tilt(random, batch.Width - 1, batch.Height - 1) : Homography.Identity), batch, _sampling);

    private Homography Tilt(KeyedRandom random, double right, double bottom)
    {
        if (right == 0 || bottom == 0) return Homography.Identity;
        (double X, double Y)[] corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)];
        // The map leads from the result back to the image.
        return Homography.Between(Array.ConvertAll(corners, c => (c.X * (1 + Move()), c.Y * (1 + Move()))), corners);

        double Move() => random.Uniform(-0.5 * Scale, 0.5 * Scale);
    }
}
