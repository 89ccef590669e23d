namespace DeepKeras.Layers;

/// <summary>While training, blurs images with a bell curve (Keras: <c>keras.layers.RandomGaussianBlur</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged. Outside the image its edge is repeated; Keras takes zeros there, which darkens the border. One pair of widths is drawn per batch.
/// <code>var t = RandomGaussianBlur(kernelSize: 5, sigma: [0.5, 1])(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomGaussianBlur : RandomAugmentationLayer
{
    private const double SmallestSigma = 1e-6;
    private readonly (double Low, double High) _probability;
    private readonly (double Low, double High) _sigmas;
    private readonly (double Low, double High) _values;
    private readonly (int Height, int Width) _kernel;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The probability for an image: one number f for a probability drawn from 0 … f, or a range, within 0 … 1; 1 by default.</param>
    /// <param name="kernelSize">Pixels that are mixed: one odd number, or height and width; 3 by default.</param>
    /// <param name="sigma">The bell's width in pixels: one number for 0 … that number, or a range, within 0 … 1; 1 by default.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor, the kernel or the range is not valid.</exception>
    public RandomGaussianBlur(Numbers? factor = null, Numbers? kernelSize = null, Numbers? sigma = null, Numbers? valueRange = null, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        Factor = factor ?? 1;
        KernelSize = kernelSize ?? 3;
        Sigma = sigma ?? 1;
        ValueRange = valueRange ?? [0, 255];
        _probability = FactorRange.Read(Where, nameof(factor), Factor, 0, 1);
        _sigmas = FactorRange.Read(Where, nameof(sigma), Sigma, 0, 1);
        _values = FactorRange.Values(Where, ValueRange);
        if (KernelSize.Count is not (1 or 2) || KernelSize.Any(k => k < 1 || k % 2 != 1)) throw Throw.KernelSize(Where, KernelSize);
        _kernel = ((int)KernelSize[0], (int)KernelSize[^1]);
    }

    /// <summary>The probability for an image.</summary>
    public Numbers Factor { get; }

    /// <summary>Pixels that are mixed.</summary>
    public Numbers KernelSize { get; }

    /// <summary>The bell's width in pixels.</summary>
    public Numbers Sigma { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var rows = Bell(_kernel.Height, random.Uniform(_sigmas) + SmallestSigma);
        var columns = Bell(_kernel.Width, random.Uniform(_sigmas) + SmallestSigma);
        return PixelTransform.Where(
            PerImage(batch, () => random.Chance(random.Uniform(_probability))),
            images => Mix(Mix(images, 2, rows), 3, columns).clamp_(_values.Low, _values.High));
    }

    /// <summary>The weights of a bell curve, which sum to 1.</summary>
    internal static double[] Bell(int size, double sigma)
    {
        double[] weights = [.. Enumerable.Range(0, size).Select(i => Math.Exp(-0.5 * Math.Pow((i - ((size - 1) / 2)) / sigma, 2)))];
        var total = weights.Sum();
        return Array.ConvertAll(weights, w => w / total);
    }

    /// <summary>Mixes along one axis: the bell is a product of one for the rows and one for the columns.</summary>
    private static Tensor Mix(Tensor images, int axis, double[] weights)
    {
        var (extent, reach) = (images.shape[axis], weights.Length / 2);
        if (reach == 0) return images.mul(1);
        long[] places = [.. Enumerable.Range(-reach, (int)extent + (2 * reach)).Select(i => Math.Clamp(i, 0, extent - 1))];
        var wide = ImageTransform.Pick(images, axis, torch.tensor(places).to(images.device));
        var mixed = wide.narrow(axis, 0, extent).mul(weights[0]);
        for (var i = 1; i < weights.Length; i++) _ = mixed.add_(wide.narrow(axis, i, extent), weights[i]);
        return mixed;
    }
}
