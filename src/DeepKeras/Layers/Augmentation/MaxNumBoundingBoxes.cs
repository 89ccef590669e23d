namespace DeepKeras.Layers;

/// <summary>Gives every image the same number of boxes, in training and outside it (Keras: <c>keras.layers.MaxNumBoundingBoxes</c>).</summary>
/// <remarks>
/// <b>Shapes</b> images unchanged; with <see cref="ImageAugmentationLayer.Apply(ImageSamples, bool)"/> boxes <c>(N, M, 4) → (N, maxNumber, 4)</c> and their labels
/// <c>(N, M) → (N, maxNumber)</c>: what is too much is cut off at the end, what is missing is filled up there.
/// <code>var samples = new MaxNumBoundingBoxes(10).Apply(new ImageSamples(images, Boxes: boxes, BoxLabels: labels));</code>
/// </remarks>
public sealed class MaxNumBoundingBoxes : ImageAugmentationLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="maxNumber">How many boxes there are afterwards, at least 1.</param>
    /// <param name="fillValue">What fills up boxes and labels; −1, the mark of no box, by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="maxNumber"/> is not positive.</exception>
    public MaxNumBoundingBoxes(int maxNumber, int fillValue = -1, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(dataFormat, inputShape, name)
    {
        if (maxNumber < 1) throw Throw.BadArgument(Where, nameof(maxNumber), "a positive number", maxNumber, "Give the largest number of boxes that an image has.");
        MaxNumber = maxNumber;
        FillValue = fillValue;
    }

    /// <summary>How many boxes there are afterwards.</summary>
    public int MaxNumber { get; }

    /// <summary>What fills up boxes and labels.</summary>
    public int FillValue { get; }

    private protected override bool KeepsType => true;

    internal override ImageTransform Transform(ImageBatch batch, bool training) => new BoxCountTransform(MaxNumber, FillValue);
}
