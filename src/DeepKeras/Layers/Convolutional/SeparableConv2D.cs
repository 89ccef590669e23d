using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A depthwise convolution followed by a 1×1 convolution that mixes the channels, with one bias and activation at the end
/// (Keras: <c>keras.layers.SeparableConv2D</c>; Chollet 2017, "Xception").
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, H′, W′, filters)</c>, H′ and W′ as in <see cref="Conv2D"/>;
/// depthwise kernel <c>(kh, kw, C, depthMultiplier)</c>, pointwise kernel <c>(1, 1, C · depthMultiplier, filters)</c>, bias <c>(filters)</c>.
/// <code>var t = SeparableConv2D(64, 3, padding: "same", activation: "relu")(Input(28, 28, 16));</code>
/// </remarks>
public sealed class SeparableConv2D : Conv2DBase
{
    private Weight? _depthwise;
    private Weight? _pointwise;

    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Height and width of the window: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="strides">Cells from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c>, or a number of cells on every side.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window; 1 by default. Not together with strides above 1.</param>
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
    /// <exception cref="KerasException">A size is not positive, or strides meet dilation.</exception>
    public SeparableConv2D(
        long filters,
        Size2D kernelSize,
        Size2D? strides = null,
        Padding padding = default,
        DataFormat dataFormat = default,
        Size2D? dilationRate = null,
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
        : base(kernelSize, strides, padding, dataFormat, dilationRate, activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, inputShape, name)
    {
        if (filters < 1) throw Throw.BadArgument(Where, nameof(filters), "a positive number", filters, "Give the number of output channels wanted.");
        if (depthMultiplier < 1) throw Throw.BadArgument(Where, nameof(depthMultiplier), "a positive number", depthMultiplier, "Give the number of depthwise outputs per channel.");
        Filters = filters;
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
        _ = ChannelsOf(input, _depthwise?.Shape[2]);
        return ConvolvedShape(input, Filters);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var channels = ChannelsOf(input, null);
        var depthwise = new Shape(KernelSize.Height, KernelSize.Width, channels, DepthMultiplier);
        var pointwise = new Shape(1, 1, channels * DepthMultiplier, Filters);
        _depthwise = AddWeight("depthwise_kernel", depthwise, DepthwiseInitializer, regularizer: DepthwiseRegularizer, constraint: DepthwiseConstraint, layout: [2, 3, 0, 1]);
        _pointwise = AddWeight("pointwise_kernel", pointwise, PointwiseInitializer, regularizer: PointwiseRegularizer, constraint: PointwiseConstraint, layout: [3, 2, 0, 1]);
        AddBias(Filters);
    }

    /// <inheritdoc/>
    private protected override Tensor Convolve(Tensor images) => ConvolvePointwise(ConvolveDepthwise(images, _depthwise!, null), _pointwise!.Native, NativeBias);
}
