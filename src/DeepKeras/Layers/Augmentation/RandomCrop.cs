namespace DeepKeras.Layers;

/// <summary>While training, cuts a window out of every image at a random place; otherwise the greatest window in the middle, resized (Keras: <c>keras.layers.RandomCrop</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, height, width, C)</c>.
/// Images that are smaller than the window in one direction are treated as outside training: the greatest window with its aspect ratio is taken and
/// resized (bilinear). Keras draws one place per batch; here every image has its own. Bytes stay bytes.
/// <code>var t = RandomCrop(28, 28)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomCrop : RandomAugmentationLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="height">Rows afterwards.</param>
    /// <param name="width">Columns afterwards.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An extent is not positive.</exception>
    public RandomCrop(int height, int width, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        if (height < 1) throw Throw.ImageSize(Where, nameof(height), height);
        if (width < 1) throw Throw.ImageSize(Where, nameof(width), width);
        Height = height;
        Width = width;
    }

    /// <summary>Rows afterwards.</summary>
    public int Height { get; }

    /// <summary>Columns afterwards.</summary>
    public int Width { get; }

    private protected override bool KeepsType => true;

    private protected override (long? Height, long? Width) OutputSize(long? height, long? width) => (Height, Width);

    private protected override ImageTransform? AtInference(ImageBatch batch) => ImageFit.Crop(batch, Height, Width, ResizeInterpolation.Bilinear);

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var (rows, columns) = (batch.Height - Height, batch.Width - Width);
        return rows < 0 || columns < 0 ? AtInference(batch) : new CropTransform(PerImage(batch, () => (random.Below(rows + 1), random.Below(columns + 1))), Height, Width);
    }
}
