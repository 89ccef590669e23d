using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A convolution of each channel of a sequence on its own; channel <c>c</c> gives the outputs <c>c · depthMultiplier + m</c>
/// (Keras: <c>keras.layers.DepthwiseConv1D</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, L′, C · depthMultiplier)</c>, L′ as in <see cref="Conv1D"/>; kernel <c>(k, C, depthMultiplier)</c>, bias <c>(C · depthMultiplier)</c>.
/// <code>var t = DepthwiseConv1D(3, padding: "same")(Input(100, 16));</code>
/// </remarks>
public sealed class DepthwiseConv1D : ConvBase<Size1D>
{
    private Weight? _kernel;

    /// <summary>Creates the layer.</summary>
    /// <param name="kernelSize">Steps of the window.</param>
    /// <param name="strides">Steps from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="depthMultiplier">Outputs per input channel; 1 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="dilationRate">Distance between neighbouring steps of the window; 1 by default. Not together with strides above 1.</param>
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
    /// <exception cref="KerasException">A size is not positive, the padding is a number, or strides meet dilation.</exception>
    public DepthwiseConv1D(
        Size1D kernelSize,
        Size1D? strides = null,
        Padding padding = default,
        long depthMultiplier = 1,
        DataFormat dataFormat = default,
        Size1D? dilationRate = null,
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
        : base(kernelSize, strides ?? 1, padding, dataFormat, dilationRate ?? 1, activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, inputShape, name)
    {
        if (depthMultiplier < 1) throw Throw.BadArgument(Where, nameof(depthMultiplier), "a positive number", depthMultiplier, "Give the number of outputs per channel.");
        Padding = padding;
        DepthMultiplier = depthMultiplier;
        DepthwiseInitializer = depthwiseInitializer ?? new GlorotUniform();
        DepthwiseRegularizer = depthwiseRegularizer;
        DepthwiseConstraint = depthwiseConstraint;
    }

    /// <summary>How the ends are treated.</summary>
    public Padding Padding { get; }

    /// <summary>Outputs per input channel.</summary>
    public long DepthMultiplier { get; }

    /// <summary>How the kernel is filled.</summary>
    public Initializer DepthwiseInitializer { get; }

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? DepthwiseRegularizer { get; }

    /// <summary>Projection of the kernel after each step.</summary>
    public Constraint? DepthwiseConstraint { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) => ConvolvedShape(input, ChannelsOf(input, _kernel?.Shape[1]) * DepthMultiplier);

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var channels = ChannelsOf(input, null);
        _kernel = AddKernel("kernel", channels, DepthMultiplier, DepthwiseInitializer, DepthwiseRegularizer, DepthwiseConstraint, isDepthwise: true);
        AddBias(channels * DepthMultiplier);
    }

    /// <inheritdoc/>
    private protected override Tensor Convolve(Tensor native) => ConvolveDepthwise(native, _kernel!, Bias?.Native);
}
