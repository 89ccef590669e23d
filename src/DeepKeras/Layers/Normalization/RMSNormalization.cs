using System.Globalization;
using DeepKeras.Initializers;

namespace DeepKeras.Layers;

/// <summary>
/// Divides by the root of the mean square along some axes, then multiplies by a learnt scale: <c>x / √(mean(x²) + epsilon) · scale</c>
/// (Keras: <c>keras.layers.RMSNormalization</c>; Zhang and Sennrich, 2019).
/// </summary>
/// <remarks><b>Shapes</b> unchanged; scale has the extents of the axes, in rising order. <code>var t = RMSNormalization()(t);</code></remarks>
public sealed class RMSNormalization : Layer
{
    private Weight? _scale;
    private long[] _axes = [];
    private long[] _scaleShape = [];

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axes over which the mean is taken; −1, the last, by default.</param>
    /// <param name="epsilon">Added to the mean square before the root; 1e-6 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="epsilon"/> is negative.</exception>
    public RMSNormalization(Axes? axis = null, double epsilon = 1e-6, Shape? inputShape = null, string? name = null)
        : base(inputShape, name)
    {
        if (!(epsilon >= 0)) throw Throw.BadArgument(Where, nameof(epsilon), "a number that is not negative", epsilon.ToString(CultureInfo.InvariantCulture), "The usual value is 1e-6.");
        Axis = axis ?? Axes.Last;
        Epsilon = epsilon;
    }

    /// <summary>The axes over which the mean is taken.</summary>
    public Axes Axis { get; }

    /// <summary>Added to the mean square before the root.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var extents = Extents(input);
        if (_scale is not null && _scale.Shape != extents) throw Throw.OtherShape(this, _scale.Shape, input);
        return input;
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var extents = Extents(input);
        _ = Axis.TryResolve(input.Rank, out var axes);
        _axes = [.. axes.Select(a => (long)a)];
        // The scale broadcasts from the first of its axes on; axes between them get the extent 1.
        _scaleShape = [.. Enumerable.Range(axes[0], input.Rank - axes[0]).Select(a => axes.Contains(a) ? input[a]!.Value : 1)];
        _scale = AddWeight("scale", extents, new Ones());
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var dtype = input.dtype;
        var isNarrow = dtype is ScalarType.Float16 or ScalarType.BFloat16;
        var x = isNarrow ? input.to(ScalarType.Float32) : input;
        var scale = _scaleShape.Length == _axes.Length ? _scale!.Native : _scale!.Native.view(_scaleShape);
        var output = x.mul(x.mul(x).mean(_axes, true).add(Epsilon).rsqrt()).mul(scale);
        return isNarrow ? output.to(dtype) : output;
    }

    private Shape Extents(Shape input)
    {
        if (!Axis.TryResolve(input.Rank, out var axes) || axes[0] == 0) throw Throw.NoSuchAxis(this, Axis, input);
        return new Shape([.. axes.Select(a => input[a] ?? throw Throw.UnknownExtent(this, Axis, input)).Select(e => (long?)e)]);
    }
}
