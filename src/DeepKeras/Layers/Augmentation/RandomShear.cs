namespace DeepKeras.Layers;

/// <summary>While training, slants images (Keras: <c>keras.layers.RandomShear</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// The place that is read is <c>(x + sx · y, y + sy · x)</c>, from the upper left corner; both factors get the same random sign.
/// Masks are moved with the nearest pixel (0 outside where the fill mode is "constant"), boxes by their corners.
/// <code>var t = RandomShear(xFactor: 0.2, yFactor: 0.1)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomShear : RandomAugmentationLayer
{
    private readonly (double Low, double High) _x;
    private readonly (double Low, double High) _y;
    private readonly ImageSampling _sampling;

    /// <summary>Creates the layer.</summary>
    /// <param name="xFactor">By how many columns each row is shifted against the next: one number f for −f … f, or a range, within −1 … 1; 0 by default.</param>
    /// <param name="yFactor">By how many rows each column is shifted against the next, likewise.</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default) or <c>"nearest"</c>.</param>
    /// <param name="fillMode">What lies outside the image: <c>"reflect"</c> (default, <c>d c b a | a b c d | d c b a</c>), <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c> (the edge repeated).</param>
    /// <param name="fillValue">The value outside where the fill mode is <c>"constant"</c>; 0 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor is out of range, or a word is unknown.</exception>
    public RandomShear(Numbers? xFactor = null, Numbers? yFactor = null, string interpolation = "bilinear", string fillMode = "reflect", double fillValue = 0, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        XFactor = xFactor ?? 0;
        YFactor = yFactor ?? 0;
        _x = FactorRange.Read(Where, nameof(xFactor), XFactor, -1, 1);
        _y = FactorRange.Read(Where, nameof(yFactor), YFactor, -1, 1);
        _sampling = ImageSampling.Parse(interpolation, fillMode, fillValue);
        Interpolation = interpolation;
        FillMode = fillMode;
        FillValue = fillValue;
    }

    /// <summary>Columns per row.</summary>
    public Numbers XFactor { get; }

    /// <summary>Rows per column.</summary>
    public Numbers YFactor { get; }

    /// <summary>How an image is read between its pixels.</summary>
    public string Interpolation { get; }

    /// <summary>What lies outside the image.</summary>
    public string FillMode { get; }

    /// <summary>The value outside.</summary>
    public double FillValue { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) => new WarpTransform(
        PerImage(batch, () =>
        {
            var sign = random.Chance(0.5) ? -1 : 1;
            var y = sign * random.Uniform(_y);
            return new Homography(1, sign * random.Uniform(_x), 0, y, 1, 0);
        }),
        batch,
        _sampling);
}
