namespace DeepKeras.Layers;

/// <summary>While training, enlarges or reduces images around their centre (Keras: <c>keras.layers.RandomZoom</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// Masks are moved with the nearest pixel (0 outside where the fill mode is "constant"), boxes by their corners.
/// <code>var t = RandomZoom([-0.3, -0.1])(Input(32, 32, 3)); // what was 70 to 90 % of the height fills it</code>
/// </remarks>
public sealed class RandomZoom : RandomAugmentationLayer
{
    private const double Least = -0.999;
    private readonly (double Low, double High) _rows;
    private readonly (double Low, double High)? _columns;
    private readonly ImageSampling _sampling;

    /// <summary>Creates the layer.</summary>
    /// <param name="heightFactor">By how much more of the height is seen: negative enlarges, positive reduces. One number f for −f … f, or a range, within −1 … 1, −1 excluded.</param>
    /// <param name="widthFactor">The same for the width; by default the width goes with the height.</param>
    /// <param name="fillMode">What lies outside the image: <c>"reflect"</c> (default, <c>d c b a | a b c d | d c b a</c>), <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c> (the edge repeated).</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default) or <c>"nearest"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="fillValue">The value outside where the fill mode is <c>"constant"</c>; 0 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor is out of range, or a word is unknown.</exception>
    public RandomZoom(Numbers heightFactor, Numbers? widthFactor = null, string fillMode = "reflect", string interpolation = "bilinear", int? seed = null, double fillValue = 0, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        _rows = FactorRange.Read(Where, nameof(heightFactor), heightFactor, Least, 1);
        _columns = widthFactor is null ? null : FactorRange.Read(Where, nameof(widthFactor), widthFactor, Least, 1);
        _sampling = ImageSampling.Parse(interpolation, fillMode, fillValue);
        HeightFactor = heightFactor;
        WidthFactor = widthFactor;
        FillMode = fillMode;
        Interpolation = interpolation;
        FillValue = fillValue;
    }

    /// <summary>By how much more of the height is seen.</summary>
    public Numbers HeightFactor { get; }

    /// <summary>By how much more of the width is seen.</summary>
    public Numbers? WidthFactor { get; }

    /// <summary>What lies outside the image.</summary>
    public string FillMode { get; }

    /// <summary>How an image is read between its pixels.</summary>
    public string Interpolation { get; }

    /// <summary>The value outside.</summary>
    public double FillValue { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) => new WarpTransform(
        PerImage(batch, () =>
        {
            var rows = 1 + random.Uniform(_rows);
            var columns = _columns is { } range ? 1 + random.Uniform(range) : rows;
            var (x, y) = ((batch.Width - 1) / 2.0, (batch.Height - 1) / 2.0);
            return Homography.Translation(x, y) * Homography.Scaling(columns, rows) * Homography.Translation(-x, -y);
        }),
        batch,
        _sampling);
}
