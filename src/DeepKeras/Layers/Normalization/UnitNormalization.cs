namespace DeepKeras.Layers;

/// <summary>Gives every vector along some axes the length 1: <c>x / ‖x‖</c> (Keras: <c>keras.layers.UnitNormalization</c>).</summary>
/// <remarks><b>Shapes</b> unchanged. <code>var t = UnitNormalization()(t);</code></remarks>
public sealed class UnitNormalization : Layer
{
    // Keras bounds the length from below by 1e-12; this is its square.
    private const double SmallestSquare = 1e-24;
    private long[] _axes = [];
    private long _rank = -1;

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axes along which the length is taken; −1, the last, by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    public UnitNormalization(Axes? axis = null, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        Axis = axis ?? Axes.Last;
    }

    /// <summary>The axes along which the length is taken.</summary>
    public Axes Axis { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => Axis.TryResolve(input.Rank, out _) ? input : throw Throw.NoSuchAxis(this, Axis, input);

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        if (_rank != input.ndim)
        {
            // Axis [1, -1] of a matrix is one axis; torch wants each once.
            _rank = input.ndim;
            _ = Axis.TryResolve((int)_rank, out var axes);
            _axes = Array.ConvertAll(axes, a => (long)a);
        }
        return input.mul(input.mul(input).sum(_axes, true).clamp(SmallestSquare).rsqrt());
    }
}
