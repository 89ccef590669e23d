namespace DeepKeras.Layers;

/// <summary>Several layers, one after the other, as one (Keras: <c>keras.layers.Pipeline</c>).</summary>
/// <remarks>
/// <b>Shapes</b> those of the layers in turn. With image layers <see cref="Apply(ImageSamples, bool)"/> takes labels, boxes and masks along.
/// <code>Pipeline augment = new([RandomFlip("horizontal"), RandomRotation(0.1), RandomContrast(0.2)]);
/// var t = augment.AsCall()(Input(32, 32, 3));</code>
/// </remarks>
public sealed class Pipeline : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layers">The layers in order; factories' calls convert to them.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public Pipeline(IReadOnlyList<Layer> layers, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Layers = [.. layers];
    }

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Sublayers => Layers;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        try
        {
            return Layers.Aggregate(input, (shape, layer) => layer.ComputeOutputShape(shape));
        }
        catch (KerasException refusal)
        {
            throw Throw.InsidePipeline(this, refusal);
        }
    }

    /// <summary>Changes images and everything that is known about them, layer by layer; layers that are not image layers change the images alone.</summary>
    /// <param name="samples">Images, and labels, boxes and masks where there are any.</param>
    /// <param name="training">Whether random changes are made; <see langword="true"/> by default.</param>
    /// <exception cref="KerasException">A shape does not fit, or a layer cannot change one of the parts.</exception>
    public ImageSamples Apply(ImageSamples samples, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return Layers.Aggregate(samples, (current, layer) => layer switch
        {
            ImageAugmentationLayer image => image.Apply(current, training),
            Pipeline pipeline => pipeline.Apply(current, training),
            _ => current with { Images = layer.Call(current.Images, training) },
        });
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var shape = input;
        foreach (var layer in Layers)
        {
            var next = layer.ComputeOutputShape(shape);
            layer.EnsureBuilt([shape]);
            shape = next;
        }
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => Layers.Aggregate(input, (current, layer) => layer.Forward(current, training));
}
