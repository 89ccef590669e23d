using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Gives every sample mean 0 and variance 1 over some axes, then <c>gamma · x + beta</c>
/// (Keras: <c>keras.layers.LayerNormalization</c>; Ba et al., 2016).
/// </summary>
/// <remarks>
/// <b>Shapes</b> unchanged; gamma and beta have the extents of the axes, in rising order.
/// <code>var t = LayerNormalization(epsilon: 1e-6)(t);</code>
/// </remarks>
public sealed class LayerNormalization : NormalizationLayer
{
    private long[] _normalized = [];
    private long[]? _toEnd;
    private long[] _back = [];

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axes that are normalised together; −1, the last, by default.</param>
    /// <param name="epsilon">Added to the variance before the root; 0.001 by default.</param>
    /// <param name="center">Whether beta is added; true by default.</param>
    /// <param name="scale">Whether gamma is a factor; true by default.</param>
    /// <param name="betaInitializer">How beta is filled; zeros by default.</param>
    /// <param name="gammaInitializer">How gamma is filled; ones by default.</param>
    /// <param name="betaRegularizer">Penalty on beta.</param>
    /// <param name="gammaRegularizer">Penalty on gamma.</param>
    /// <param name="betaConstraint">Projection of beta after each step.</param>
    /// <param name="gammaConstraint">Projection of gamma after each step.</param>
    /// <param name="rmsScaling">Whether the mean stays and beta is left out: <c>gamma · x / √(variance + epsilon)</c>; <see langword="false"/> by default. Kept for older files of Keras,
    /// where it is deprecated; <see cref="RMSNormalization"/> is what its name says.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="epsilon"/> is negative.</exception>
    public LayerNormalization(
        Axes? axis = null,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        [LaterKeras] bool rmsScaling = false,
        Shape? inputShape = null,
        string? name = null)
        : base(epsilon, center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint, inputShape, name)
    {
        Axis = axis ?? Axes.Last;
        RmsScaling = rmsScaling;
    }

    /// <summary>The axes that are normalised together.</summary>
    public Axes Axis { get; }

    /// <summary>Whether the mean stays and beta is left out.</summary>
    public bool RmsScaling { get; }

    /// <inheritdoc/>
    protected internal override bool SupportsMasking => true;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var extents = Extents(input, out _);
        if (IsBuilt && !extents.AsSpan().SequenceEqual(_normalized)) throw Throw.OtherShape(this, new Shape(_normalized), input);
        return input;
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        _normalized = Extents(input, out var axes);
        if (axes[0] != input.Rank - axes.Length)
        {
            _toEnd = [.. Enumerable.Range(0, input.Rank).Except(axes).Concat(axes).Select(a => (long)a)];
            _back = [.. Enumerable.Range(0, input.Rank).Select(a => (long)Array.IndexOf(_toEnd, a))];
        }
        AddScaleAndShift(_normalized, Scale || RmsScaling, Center && !RmsScaling);
    }

    /// <inheritdoc/>
    protected internal override Tensor Forward(Tensor input, bool training)
    {
        var wide = IsNarrow(input.dtype) ? input.to(ScalarType.Float32) : input;
        // The axes in question have to be the last ones for torch.
        var x = _toEnd is null ? wide : wide.permute(_toEnd);
        var normalised = RmsScaling ? Scaled(x) : torch.nn.functional.layer_norm(x, _normalized, Gamma?.Native, Beta?.Native, Epsilon);
        var output = _toEnd is null ? normalised : normalised.permute(_back);
        return ReferenceEquals(wide, input) ? output : output.to(input.dtype);
    }

    private Tensor Scaled(Tensor x)
    {
        long[] axes = [.. Enumerable.Range(1, _normalized.Length).Select(i => -(long)i)];
        var centred = x.sub(x.mean(axes, true));
        return x.mul(centred.mul(centred).mean(axes, true).add(Epsilon).rsqrt()).mul(Gamma!.Native);
    }

    private long[] Extents(Shape input, out int[] axes)
    {
        if (!Axis.TryResolve(input.Rank, out axes) || axes[0] == 0) throw Throw.NoSuchAxis(this, Axis, input);
        var extents = new long[axes.Length];
        for (var i = 0; i < axes.Length; i++) extents[i] = input[axes[i]] ?? throw Throw.UnknownExtent(this, Axis, input);
        return extents;
    }
}
