namespace DeepKeras.Layers;

/// <summary>While training, spreads the values of every channel of every image so that all are about equally frequent (Keras: <c>keras.layers.Equalization</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// A pixel of bin b becomes <c>255 · (cdf(b) − cdf_min) / (cdf_max − cdf_min)</c>, rounded, on the scale of 0 … 255. The histogram is each image's own.
/// <code>var t = Equalization()(Input(32, 32, 3));</code>
/// </remarks>
public sealed class Equalization : ImageAugmentationLayer
{
    private const double Most = 255;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="bins">How many bins the histogram has; 256 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The range is not valid, or there are fewer than two bins.</exception>
    public Equalization(Numbers? valueRange = null, int bins = 256, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        if (bins < 2) throw Throw.BadArgument(Where, nameof(bins), "at least 2", bins, "256 suits bytes.");
        Bins = bins;
    }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    /// <summary>How many bins the histogram has.</summary>
    public int Bins { get; }

    internal override ImageTransform? Transform(ImageBatch batch, bool training) => training ? new PixelTransform(Equalize) : null;

    private Tensor Equalize(Tensor images)
    {
        var (count, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var range = _values.High - _values.Low;
        var bins = images.sub(_values.Low).mul_((Bins - 1) / range).clamp_(0, Bins - 1).to(ScalarType.Int64).reshape(count * channels, height * width);
        var ones = torch.ones([1, 1], ScalarType.Float64, images.device).expand(count * channels, height * width);
        var histogram = torch.zeros([count * channels, Bins], ScalarType.Float64, images.device).scatter_add_(1, bins, ones);
        var sums = histogram.cumsum(1);
        // The first bin that holds anything is the least positive sum.
        var first = sums.add(sums.eq(0).to(ScalarType.Float64).mul_(height * width)).amin([1], true);
        var rest = sums.narrow(1, Bins - 1, 1).sub(first);
        var table = sums.sub(first).mul_(Most).div_(rest.clamp(1)).round().clamp_(0, Most).mul_(range / Most).add_(_values.Low).to(images.dtype);
        var equalized = table.gather(1, bins).reshape(count, channels, height, width);
        return torch.where(rest.reshape(count, channels, 1, 1).gt(0), equalized, images);
    }
}
