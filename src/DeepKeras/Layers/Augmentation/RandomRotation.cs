namespace DeepKeras.Layers;

/// <summary>While training, turns images around their centre (Keras: <c>keras.layers.RandomRotation</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// Masks are moved with the nearest pixel (0 outside where the fill mode is "constant"), boxes by their corners.
/// <code>var t = RandomRotation(0.1)(Input(32, 32, 3)); // by −36° to 36°</code>
/// </remarks>
public sealed class RandomRotation : RandomAugmentationLayer
{
    private readonly (double Low, double High) _turns;
    private readonly ImageSampling _sampling;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">Angle as a share of a full turn, positive counter-clockwise: one number f for −f … f, or a range, within −1 … 1.</param>
    /// <param name="fillMode">What lies outside the image: <c>"reflect"</c> (default, <c>d c b a | a b c d | d c b a</c>), <c>"wrap"</c>, <c>"constant"</c> or <c>"nearest"</c> (the edge repeated).</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default) or <c>"nearest"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="fillValue">The value outside where the fill mode is <c>"constant"</c>; 0 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor is out of range, or a word is unknown.</exception>
    public RandomRotation(Numbers factor, string fillMode = "reflect", string interpolation = "bilinear", int? seed = null, double fillValue = 0, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        _turns = FactorRange.Read(Where, nameof(factor), factor, -1, 1);
        _sampling = ImageSampling.Parse(interpolation, fillMode, fillValue);
        Factor = factor;
        FillMode = fillMode;
        Interpolation = interpolation;
        FillValue = fillValue;
    }

    /// <summary>Angle as a share of a full turn.</summary>
    public Numbers Factor { get; }

    /// <summary>What lies outside the image.</summary>
    public string FillMode { get; }

    /// <summary>How an image is read between its pixels.</summary>
    public string Interpolation { get; }

    /// <summary>The value outside.</summary>
    public double FillValue { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) => new WarpTransform(
        PerImage(batch, () =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * random.Uniform(_turns));
            var (x, y) = ((batch.Width - 1) / 2.0, (batch.Height - 1) / 2.0);
            return Homography.Translation(x, y) * new Homography(cos, -sin, 0, sin, cos, 0) * Homography.Translation(-x, -y);
        }),
        batch,
        _sampling);
}
