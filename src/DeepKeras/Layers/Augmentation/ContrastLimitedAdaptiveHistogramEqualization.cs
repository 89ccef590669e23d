namespace DeepKeras.Layers;

/// <summary>
/// Brings out the contrast of every part of an image by a histogram of its own, in training and outside it (CLAHE, Zuiderveld 1994;
/// Keras: <c>keras.layers.ContrastLimitedAdaptiveHistogramEqualization</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> unchanged.
/// On the scale of 0 … 255, each tile of n pixels has a histogram of 256 bins per channel; what a bin holds above <c>clipLimit · n / 256</c> is spread over all bins.
/// A pixel of bin b becomes <c>255 · (cdf(b) − cdf(0)) / (n − cdf(0))</c>, mixed bilinearly from the four tiles whose centres lie around it.
/// Where the grid does not divide the image, the image is reflected below and at the right.
/// <code>var t = ContrastLimitedAdaptiveHistogramEqualization(tileGridSize: 4)(Input(64, 64, 3));</code>
/// </remarks>
public sealed class ContrastLimitedAdaptiveHistogramEqualization : ImageAugmentationLayer
{
    private const int Bins = 256;
    private const double Most = 255;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="clipLimit">How many times its even share a bin may hold: the smaller, the less noise in even regions is strengthened; 4 by default, 0 or less for no limit.</param>
    /// <param name="tileGridSize">How many tiles there are from top to bottom and from left to right, at least 1; 8 × 8 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The range is not valid, or the grid has no tile.</exception>
    public ContrastLimitedAdaptiveHistogramEqualization(Numbers? valueRange = null, double clipLimit = 4, Size2D? tileGridSize = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
        TileGridSize = tileGridSize ?? 8;
        if (TileGridSize.Height < 1 || TileGridSize.Width < 1) throw Throw.BadArgument(Where, nameof(tileGridSize), "at least 1 in both directions", TileGridSize, "8 suits photos; 1 makes one histogram of the whole image.");
        ClipLimit = clipLimit;
    }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    /// <summary>How many times its even share a bin may hold.</summary>
    public double ClipLimit { get; }

    /// <summary>How many tiles there are.</summary>
    public Size2D TileGridSize { get; }

    internal override ImageTransform? Transform(ImageBatch batch, bool training) => batch.Count == 0 ? null : new PixelTransform(Equalize);

    private Tensor Equalize(Tensor images)
    {
        var (count, channels, height, width) = (images.shape[0], images.shape[1], images.shape[2], images.shape[3]);
        var rows = new TileAxis(height, TileGridSize.Height);
        var columns = new TileAxis(width, TileGridSize.Width);
        var bins = Binned(images);
        // Tables lie as (image, channel, row of tiles, column of tiles, bin).
        var tiles = TileGridSize.Height * TileGridSize.Width;
        var planes = torch.arange(0, count * channels, 1, ScalarType.Int64, images.device).mul_(tiles * Bins).reshape(count, 1, 1, channels);
        var padded = bins.index_select(1, torch.tensor(rows.Places).to(images.device)).index_select(2, torch.tensor(columns.Places).to(images.device));
        var places = padded.add(planes).add_(Offsets(rows.Own, columns.Own, images.device)).reshape(-1);
        var table = Table(places, count * channels * tiles, rows.Length * columns.Length);
        var pixels = bins.add(planes);
        var (down, right) = (Along(rows.Shares, 1, images), Along(columns.Shares, 2, images));
        var above = Read(rows.Before, columns.Before).lerp_(Read(rows.Before, columns.After), right);
        var below = Read(rows.After, columns.Before).lerp_(Read(rows.After, columns.After), right);
        return above.lerp_(below, down).mul_((_values.High - _values.Low) / Most).add_(_values.Low).to(images.dtype).permute(0, 3, 1, 2);

        Tensor Read(long[] row, long[] column) =>
            table.index_select(0, pixels.add(Offsets(row, column, images.device)).reshape(-1)).reshape(count, height, width, channels);
    }

    /// <summary>(N, H, W, C): each pixel's bin.</summary>
    private Tensor Binned(Tensor images)
    {
        var wide = images.permute(0, 2, 3, 1);
        if (wide.dtype is not (ScalarType.Float32 or ScalarType.Float64)) wide = wide.to(ScalarType.Float32);
        // In Keras's order: which bin a value on an edge falls into depends on it.
        if (_values is not (0, Most)) wide = wide.sub(_values.Low).div_(_values.High - _values.Low).mul_(Most);
        return wide.clamp(0, Most).to(ScalarType.Int64);
    }

    /// <summary>For every bin of every tile what a pixel of it becomes, on the scale of 0 … 255.</summary>
    private Tensor Table(Tensor places, long tiles, long tileLength)
    {
        var ones = torch.ones([1], ScalarType.Float64, places.device).expand(places.shape[0]);
        var histograms = torch.zeros([tiles * Bins], ScalarType.Float64, places.device).scatter_add_(0, places, ones).reshape(tiles, Bins);
        if (ClipLimit > 0)
        {
            var clipped = histograms.clamp_max(ClipLimit * tileLength / Bins);
            histograms = clipped.add(histograms.sub(clipped).sum(1, true).div_(Bins));
        }
        var sums = histograms.cumsum(1);
        var first = sums.narrow(1, 0, 1);
        var rest = first.neg().add_(tileLength);
        // A tile of nothing but the first bin leaves no rest: it becomes 0.
        return sums.sub(first).mul_(Most).div_(rest.add(rest.eq(0).to(ScalarType.Float64))).clamp_(0, Most).reshape(-1);
    }

    private Tensor Offsets(long[] rows, long[] columns, torch.Device device) =>
        torch.tensor(rows).mul_(TileGridSize.Width * Bins).reshape(1, -1, 1, 1).add(torch.tensor(columns).mul_(Bins).reshape(1, 1, -1, 1)).to(device);

    private static Tensor Along(double[] shares, int axis, Tensor images) => torch.tensor(shares).reshape(axis == 1 ? [1, -1, 1, 1] : [1, 1, -1, 1]).to(images.device);
}
