namespace DeepKeras.Layers;

/// <summary>While training, mixes every image with another of the batch, and their labels alike: <c>λ · x₁ + (1 − λ) · x₂</c> (Zhang et al. 2018; Keras: <c>keras.layers.MixUp</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged, but for boxes: <c>(N, M, 4) → (N, 2 M, 4)</c>, those of both images. Labels must be shares of the classes (one-hot), masks floating point.
/// Inside a model the layer sees images alone: to mix the labels too, call <see cref="ImageAugmentationLayer.Apply(ImageSamples, bool)"/> or map a data set.
/// <code>var mixed = new MixUp(alpha: 0.2).Apply(new ImageSamples(images, labels));</code>
/// </remarks>
public sealed class MixUp : RandomAugmentationLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="alpha">λ is drawn from Beta(α, α): a small α leaves most images almost alone; positive, 0.2 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">α is not positive.</exception>
    public MixUp(double alpha = 0.2, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        if (!(alpha > 0 && double.IsFinite(alpha))) throw Throw.BadArgument(Where, nameof(alpha), "a positive number", alpha, "0.2 is a good value; leave the layer out to mix nothing.");
        Alpha = alpha;
    }

    /// <summary>The parameter of the Beta distribution.</summary>
    public double Alpha { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch) =>
        new Mixture(this, random.Permutation(batch.Count), PerImage(batch, () => random.Beta(Alpha)));

    private sealed class Mixture(ImageAugmentationLayer layer, long[] partners, double[] shares) : MixTransform(layer, partners, shares)
    {
        public override Tensor Images(Tensor images) => Blend(images, [images.shape[0], 1, 1, 1]);

        public override (Tensor Boxes, Tensor? Labels) Boxes(Tensor boxes, Tensor? labels) =>
            (torch.cat([boxes, Partner(boxes)], 1), labels is null ? null : torch.cat([labels, Partner(labels)], 1));
    }
}
