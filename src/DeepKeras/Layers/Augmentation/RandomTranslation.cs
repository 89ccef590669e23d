namespace DeepKeras.Layers;

/// <summary>While training, shifts images (Keras: <c>keras.layers.RandomTranslation</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// Masks are moved with the nearest pixel (0 outside where the fill mode is "constant"), boxes by their corners.
/// <code>var t = RandomTranslation(0.1, [-0.2, 0.2])(Input(32, 32, 3)); // up to a tenth of the height up or down, a fifth of the width left or right</code>
/// </remarks>
public sealed class RandomTranslation : RandomAugmentationLayer
{
    private readonly (double Low, double High) _rows;
    private readonly (double Low, double High) _columns;
    private readonly ImageSampling _sampling;

    /// <summary>Creates the layer.</summary>
    /// <param name="heightFactor">Shift as a share of the height, positive downwards: one number f for −f … f, or a range, within −1 … 1.</param>
    /// <param name="widthFactor">Shift as a share of the width, positive to the right, likewise.</param>
    /// <param name="fillMode">What lies outside the image: <c>"reflect"</c> (default, <c>d c b a | a b c d | d c b a</c>), <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c> (the edge repeated).</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default) or <c>"nearest"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="fillValue">The value outside where the fill mode is <c>"constant"</c>; 0 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor is out of range, or a word is unknown.</exception>
    public RandomTranslation(Numbers heightFactor, Numbers widthFactor, string fillMode = "reflect", string interpolation = "bilinear", int? seed = null, double fillValue = 0, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        _rows = FactorRange.Read(Where, nameof(heightFactor), heightFactor, -1, 1);
        _columns = FactorRange.Read(Where, nameof(widthFactor), widthFactor, -1, 1);
        _sampling = ImageSampling.Parse(interpolation, fillMode, fillValue);
        HeightFactor = heightFactor;
        WidthFactor = widthFactor;
        FillMode = fillMode;
        Interpolation = interpolation;
        FillValue = fillValue;
    }

    /// <summary>Shift as a share of the height.</summary>
    public Numbers HeightFactor { get; }

    /// <summary>Shift as a share of the width.</summary>
    public Numbers WidthFactor { get; }

    /// <summary>What lies outside the image.</summary>
    public string FillMode { get; }

    /// <summary>How an image is read between its pixels.</summary>
    public string Interpolation { get; }

    /// <summary>The value outside.</summary>
    public double FillValue { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) => new WarpTransform(
        PerImage(batch, () =>
        {
            var down = random.Uniform(_rows) * batch.Height;
            return Homography.Translation(-random.Uniform(_columns) * batch.Width, -down);
        }),
        batch,
        _sampling);
}
