namespace DeepKeras.Layers;

/// <summary>While training, puts a rectangle of another image of the batch into every image, and mixes their labels by area (Yun et al. 2019; Keras: <c>keras.layers.CutMix</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged. Labels must be shares of the classes (one-hot), masks floating point; boxes are refused, as in Keras.
/// Inside a model the layer sees images alone: to mix the labels too, call <see cref="ImageAugmentationLayer.Apply(ImageSamples, bool)"/> or map a data set.
/// <code>var mixed = new CutMix().Apply(new ImageSamples(images, labels));</code>
/// </remarks>
public sealed class CutMix : RandomAugmentationLayer
{
    private const double SmallestAlpha = 1e-6;
    private readonly (double Low, double High) _alphas;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The rectangle covers a share 1 − λ with λ from Beta(α, α), and α is drawn per batch: one number f for 0 … f, or a range, within 0 … 1; 1 by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor is out of range.</exception>
    public CutMix(Numbers? factor = null, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        Factor = factor ?? 1;
        _alphas = FactorRange.Read(Where, nameof(factor), Factor, 0, 1);
    }

    /// <summary>What α is drawn from.</summary>
    public Numbers Factor { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var alpha = random.Uniform(_alphas) + SmallestAlpha;
        var rectangles = PerImage(batch, () => Math.Sqrt(1 - random.Beta(alpha)) is var side ? PixelRectangle.Draw(random, batch, side, side) : default);
        var shares = Array.ConvertAll(rectangles, r => 1 - ((double)r.Height * r.Width / ((double)batch.Height * batch.Width)));
        return new Patches(this, random.Permutation(batch.Count), shares, rectangles);
    }

    private sealed class Patches(ImageAugmentationLayer layer, long[] partners, double[] shares, PixelRectangle[] rectangles) : MixTransform(layer, partners, shares)
    {
        private readonly long[] _partners = partners;

        public override Tensor Images(Tensor images)
        {
            var mixed = images.clone();
            for (var i = 0; i < rectangles.Length; i++)
            {
                if (!rectangles[i].IsEmpty && _partners[i] != i) _ = rectangles[i].Of(mixed.select(0, i)).copy_(rectangles[i].Of(images.select(0, _partners[i])));
            }
            return mixed;
        }

        public override (Tensor Boxes, Tensor? Labels) Boxes(Tensor boxes, Tensor? labels) => throw Throw.BoxesToCut(Layer);
    }
}
