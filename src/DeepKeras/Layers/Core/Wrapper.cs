using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// The base of layers that run another layer and change what goes in, what comes out or its weights (Keras: <c>keras.layers.Wrapper</c>).
/// </summary>
/// <remarks>
/// By default it does exactly what the layer inside does. A wrapper of one's own overrides <see cref="Forward(Tensor, bool)"/>, and
/// <see cref="ComputeOutputShape(Shape)"/> and <see cref="Build(Shape)"/> where the layer inside sees another shape.
/// <para><b>Shapes</b> those of the layer inside.</para>
/// <code>
/// sealed class Doubled(Layer layer, Shape? inputShape = null, string? name = null) : Wrapper(layer, inputShape, name)
/// {
///     protected override Tensor Forward(Tensor input, bool training) => base.Forward(input, training) * 2;
/// }
/// </code>
/// </remarks>
public abstract class Wrapper : Layer, IKerasParts
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layer">The layer inside; it belongs to this wrapper alone.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    protected Wrapper(Layer layer, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Layer = layer;
    }

    /// <summary>The layer inside.</summary>
    public Layer Layer { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Sublayers => [Layer];

    IEnumerable<(string Group, Layer Layer)> IKerasParts.Parts => [("layer", Layer)];

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => InnerShape(input);

    /// <inheritdoc/>
    protected override void Build(Shape input) => Layer.EnsureBuilt([input]);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training) => Layer.Forward(input, training);

    /// <summary>The output shape of the layer inside; a refusal says where that layer is.</summary>
    private protected Shape InnerShape(Shape input)
    {
        try
        {
            return Layer.ComputeOutputShape(input);
        }
        catch (KerasException refusal)
        {
            throw Throw.InsideWrapper(this, refusal);
        }
    }
}
