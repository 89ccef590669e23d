using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A convolution of each channel on its own; channel <c>c</c> gives the outputs <c>c · depthMultiplier + m</c>
/// (Keras: <c>keras.layers.DepthwiseConv2D</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, H′, W′, C · depthMultiplier)</c>, H′ and W′ as in <see cref="Conv2D"/>;
/// kernel <c>(kh, kw, C, depthMultiplier)</c>, bias <c>(C · depthMultiplier)</c>.
/// <code>var t = DepthwiseConv2D(3, padding: "same")(Input(28, 28, 16));</code>
/// </remarks>
public sealed class DepthwiseConv2D : Conv2DBase
{
    private Weight? _kernel;

    /// <summary>Creates the layer.</summary>
    /// <param name="kernelSize">Height and width of the window: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="strides">Cells from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c>, or a number of cells on every side.</param>
    /// <param name="depthMultiplier">Outputs per input channel; 1 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window; 1 by default. Not together with strides above 1.</param>
    /// <param name="activation">Function applied to the result; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">How the kernel is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="biasInitializer">How the bias is filled; zeros by default.</param>
    /// <param name="depthwiseRegularizer">Penalty on the kernel.</param>
    /// <param name="biasRegularizer">Penalty on the bias.</param>
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="depthwiseConstraint">Projection of the kernel after each step.</param>
    /// <param name="biasConstraint">Projection of the bias after each step.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, or strides meet dilation.</exception>
    public DepthwiseConv2D(
        Size2D kernelSize,
        Size2D? strides = null,
        Padding padding = default,
        long depthMultiplier = 1,
        DataFormat dataFormat = default,
        Size2D? dilationRate = null,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? biasConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(kernelSize, strides, padding, dataFormat, dilationRate, activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, inputShape, name)
    {
        if (depthMultiplier < 1) throw Throw.BadArgument(Where, nameof(depthMultiplier), "a positive number", depthMultiplier, "Give the number of outputs per channel.");
        DepthMultiplier = depthMultiplier;
        DepthwiseInitializer = depthwiseInitializer ?? new GlorotUniform();
        DepthwiseRegularizer = depthwiseRegularizer;
        DepthwiseConstraint = depthwiseConstraint;
    }

    /// <summary>Outputs per input channel.</summary>
    public long DepthMultiplier { get; }

    /// <summary>How the kernel is filled.</summary>
    public Initializer DepthwiseInitializer { get; }

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? DepthwiseRegularizer { get; }

    /// <summary>Projection of the kernel after each step.</summary>
    public Constraint? DepthwiseConstraint { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => ConvolvedShape(input, ChannelsOf(input, _kernel?.Shape[2]) * DepthMultiplier);

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var channels = ChannelsOf(input, null);
        var kernel = new Shape(KernelSize.Height, KernelSize.Width, channels, DepthMultiplier);
        _kernel = AddWeight("kernel", kernel, DepthwiseInitializer, regularizer: DepthwiseRegularizer, constraint: DepthwiseConstraint, layout: [2, 3, 0, 1]);
        AddBias(channels * DepthMultiplier);
    }

    /// <inheritdoc/>
    internal override (Tensor Kernel, long Groups)? ScalableKernel => (DepthwiseKernel(_kernel!), _kernel!.Shape[2]!.Value);

    /// <inheritdoc/>
    private protected override Tensor Convolve(Tensor images) => ConvolveDepthwise(images, _kernel!, NativeBias);
}
