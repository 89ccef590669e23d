using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A depthwise convolution along a sequence followed by a convolution of one step that mixes the channels, with one bias and activation at the end
/// (Keras: <c>keras.layers.SeparableConv1D</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, L′, filters)</c>, L′ as in <see cref="Conv1D"/>;
/// depthwise kernel <c>(k, C, depthMultiplier)</c>, pointwise kernel <c>(1, C · depthMultiplier, filters)</c>, bias <c>(filters)</c>.
/// <code>var t = SeparableConv1D(64, 3, padding: "same", activation: "relu")(Input(100, 16));</code>
/// </remarks>
public sealed class SeparableConv1D : ConvBase<Size1D>
{
    private static readonly long[] s_one = [1];
    private static readonly long[] s_zero = [0];
    private Weight? _depthwise;
    private Weight? _pointwise;

    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Steps of the window.</param>
    /// <param name="strides">Steps from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="dilationRate">Distance between neighbouring steps of the window; 1 by default. Not together with strides above 1.</param>
    /// <param name="depthMultiplier">Depthwise outputs per input channel; 1 by default.</param>
    /// <param name="activation">Function applied to the result; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">How the depthwise kernel is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="pointwiseInitializer">How the pointwise kernel is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="biasInitializer">How the bias is filled; zeros by default.</param>
    /// <param name="depthwiseRegularizer">Penalty on the depthwise kernel.</param>
    /// <param name="pointwiseRegularizer">Penalty on the pointwise kernel.</param>
    /// <param name="biasRegularizer">Penalty on the bias.</param>
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="depthwiseConstraint">Projection of the depthwise kernel after each step.</param>
    /// <param name="pointwiseConstraint">Projection of the pointwise kernel after each step.</param>
    /// <param name="biasConstraint">Projection of the bias after each step.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, the padding is a number, or strides meet dilation.</exception>
    public SeparableConv1D(
        long filters,
        Size1D kernelSize,
        Size1D? strides = null,
        Padding padding = default,
        DataFormat dataFormat = default,
        Size1D? dilationRate = null,
        long depthMultiplier = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? pointwiseConstraint = null,
        Constraint? biasConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(kernelSize, strides ?? 1, padding, dataFormat, dilationRate ?? 1, activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, inputShape, name)
    {
        if (filters < 1) throw Throw.BadArgument(Where, nameof(filters), "a positive number", filters, "Give the number of output channels wanted.");
        if (depthMultiplier < 1) throw Throw.BadArgument(Where, nameof(depthMultiplier), "a positive number", depthMultiplier, "Give the number of depthwise outputs per channel.");
        Filters = filters;
        Padding = padding;
        DepthMultiplier = depthMultiplier;
        DepthwiseInitializer = depthwiseInitializer ?? new GlorotUniform();
        PointwiseInitializer = pointwiseInitializer ?? new GlorotUniform();
        DepthwiseRegularizer = depthwiseRegularizer;
        PointwiseRegularizer = pointwiseRegularizer;
        DepthwiseConstraint = depthwiseConstraint;
        PointwiseConstraint = pointwiseConstraint;
    }

    /// <summary>Number of output channels, at least 1.</summary>
    public long Filters { get; }

    /// <summary>How the ends are treated.</summary>
    public Padding Padding { get; }

    /// <summary>Depthwise outputs per input channel.</summary>
    public long DepthMultiplier { get; }

    /// <summary>How the depthwise kernel is filled.</summary>
    public Initializer DepthwiseInitializer { get; }

    /// <summary>How the pointwise kernel is filled.</summary>
    public Initializer PointwiseInitializer { get; }

    /// <summary>Penalty on the depthwise kernel.</summary>
    public Regularizer? DepthwiseRegularizer { get; }

    /// <summary>Penalty on the pointwise kernel.</summary>
    public Regularizer? PointwiseRegularizer { get; }

    /// <summary>Projection of the depthwise kernel after each step.</summary>
    public Constraint? DepthwiseConstraint { get; }

    /// <summary>Projection of the pointwise kernel after each step.</summary>
    public Constraint? PointwiseConstraint { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        _ = ChannelsOf(input, _depthwise?.Shape[1]);
        return ConvolvedShape(input, Filters);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var channels = ChannelsOf(input, null);
        _depthwise = AddKernel("depthwise_kernel", channels, DepthMultiplier, DepthwiseInitializer, DepthwiseRegularizer, DepthwiseConstraint, isDepthwise: true);
        _pointwise = AddWeight("pointwise_kernel", new Shape(1, channels * DepthMultiplier, Filters), PointwiseInitializer, regularizer: PointwiseRegularizer, constraint: PointwiseConstraint, layout: [2, 1, 0]);
        AddBias(Filters);
    }

    /// <inheritdoc/>
    private protected override Tensor Convolve(Tensor native) =>
        SpatialConvolution.Forward(ConvolveDepthwise(native, _depthwise!, null), _pointwise!.Native, Bias?.Native, s_one, s_zero, s_one, 1);
}
