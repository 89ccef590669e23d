namespace DeepKeras.Layers;

/// <summary>
/// The base of layers that move or recolour images. As a layer of a model it takes images alone; <see cref="Apply(ImageSamples, bool)"/> takes
/// what belongs to the images along, and <see cref="Data.DatasetAugmentation"/> puts the layer into a data set.
/// </summary>
/// <remarks>
/// <b>Shapes</b> batches <c>(N, H, W, C)</c>, or one image <c>(H, W, C)</c>; channels first with <see cref="DataFormat"/>.
/// Numbers are drawn for every image by itself, in C# from the layer's seed or from <see cref="Keras.SetRandomSeed"/>, so they are the same on every device.
/// The result is floating point (<see cref="Layer.Dtype"/>) whatever the images were, as in Keras; only layers that move whole pixels
/// (<see cref="RandomFlip"/>, <see cref="RandomCrop"/>, <see cref="CenterCrop"/>, <see cref="Resizing"/>) leave bytes bytes.
/// </remarks>
public abstract class ImageAugmentationLayer : Layer
{
    private protected ImageAugmentationLayer(DataFormat dataFormat, Shape? inputShape, string? name)
        : base(inputShape, name) => DataFormat = dataFormat;

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Whether images keep their type instead of becoming floating point.</summary>
    private protected virtual bool KeepsType => false;

    /// <summary>Whether the images must have three channels.</summary>
    private protected virtual bool NeedsColour => false;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var first = input.Rank - 3;
        if (first is not (0 or 1)) throw Throw.NotImages(this, input, DataFormat);
        var (height, width, channels) = DataFormat.IsChannelsFirst ? (first + 1, first + 2, first) : (first, first + 1, first + 2);
        if (NeedsColour && input[channels] is not (3 or null)) throw Throw.NotColour(this, input);
        var size = OutputSize(input[height], input[width]);
        return input.With(height, size.Height).With(width, size.Width);
    }

    /// <summary>Changes images and everything that is known about them with the same random numbers.</summary>
    /// <param name="samples">Images, and labels, boxes and masks where there are any.</param>
    /// <param name="training">Whether random changes are made; <see langword="true"/> by default, as this is what one augments for.</param>
    /// <returns>New samples; the tensors of the old ones are not overwritten, and may be handed on where nothing changed.</returns>
    /// <exception cref="KerasException">A shape does not fit, or the layer cannot change one of the parts.</exception>
    public ImageSamples Apply(ImageSamples samples, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(samples);
        _ = ComputeOutputShape(Shape.Of(samples.Images));
        SampleShapes.Check(this, samples);
        EnsureBuilt([Shape.Of(samples.Images)]);
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var isSingle = samples.Images.ndim == 3;
        var transform = Transform(Measure(samples.Images), training);
        var images = Change(samples.Images, transform);
        if (transform is null) return samples with { Images = Keep(images, samples.Images)! };
        var boxes = samples.Boxes is null ? default : transform.Boxes(Batched(samples.Boxes), samples.BoxLabels is null ? null : Batched(samples.BoxLabels));
        return new ImageSamples(
            Keep(images, samples.Images)!,
            Keep(samples.Labels is null ? null : Unbatched(transform.Labels(Batched(samples.Labels))), samples.Labels),
            Keep(boxes.Boxes is null ? null : Unbatched(boxes.Boxes), samples.Boxes),
            Keep(boxes.Labels is null ? samples.BoxLabels : Unbatched(boxes.Labels), samples.BoxLabels),
            Keep(samples.Masks is null ? null : ToSurface(transform.Masks(ToNative(samples.Masks)), isSingle), samples.Masks));

        Tensor Batched(Tensor part) => isSingle ? part.unsqueeze(0) : part;
        Tensor Unbatched(Tensor part) => isSingle ? part.squeeze(0) : part;
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        using var scope = torch.NewDisposeScope();
        return Keep(Change(input, Transform(Measure(input), training)), input)!;
    }

    /// <summary>The size of the result.</summary>
    private protected virtual (long? Height, long? Width) OutputSize(long? height, long? width) => (height, width);

    /// <summary>Draws what is to be done; null for nothing.</summary>
    internal abstract ImageTransform? Transform(ImageBatch batch, bool training);

    private static Tensor? Keep(Tensor? part, Tensor? original) => part is null || ReferenceEquals(part, original) ? part : part.MoveToOuterDisposeScope();

    private Tensor Change(Tensor images, ImageTransform? transform)
    {
        if (!KeepsType && images.dtype != Dtype) images = images.to(Dtype);
        if (transform is null) return images;
        var native = ToNative(images);
        var changed = transform.Images(native);
        return ReferenceEquals(changed, native) ? images : ToSurface(changed, images.ndim == 3);
    }

    private ImageBatch Measure(Tensor images)
    {
        var shape = images.shape;
        var first = shape.Length - 3;
        var rows = DataFormat.IsChannelsFirst ? first + 1 : first;
        return new(first == 0 ? 1 : (int)shape[0], (int)shape[rows], (int)shape[rows + 1]);
    }

    private Tensor ToNative(Tensor surface) => ImageAxes.ToNative(surface.ndim == 3 ? surface.unsqueeze(0) : surface, DataFormat);

    private Tensor ToSurface(Tensor native, bool isSingle)
    {
        var surface = ImageAxes.ToSurface(native, DataFormat);
        return isSingle ? surface.squeeze(0) : surface;
    }
}
