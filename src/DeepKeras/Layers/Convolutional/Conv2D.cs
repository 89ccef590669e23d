using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A two-dimensional convolution: <c>output[y, x, f] = activation(Σ input[y·s + i·d, x·s + j·d, c] · kernel[i, j, c, f] + bias[f])</c>
/// (Keras: <c>keras.layers.Conv2D</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, H′, W′, filters)</c> with span = (kernel − 1) · dilation + 1:
/// "valid" H′ = ⌊(H − span) / stride⌋ + 1, "same" H′ = ⌈H / stride⌉; kernel <c>(kh, kw, C / groups, filters)</c>, bias <c>(filters)</c>.
/// <code>var t = Conv2D(32, 3, padding: "same", activation: "relu")(Input(28, 28, 1));</code>
/// </remarks>
public sealed class Conv2D : Conv2DBase
{
    private Weight? _kernel;
    private bool _inPlanes;

    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Height and width of the window: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="strides">Cells from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c>, or a number of cells on every side.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window; 1 by default. Not together with strides above 1.</param>
    /// <param name="groups">Into how many independent blocks channels and filters are split; 1 by default. Both must be divisible by it.</param>
    /// <param name="activation">Function applied to the result; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="biasInitializer">How the bias is filled; zeros by default.</param>
    /// <param name="kernelRegularizer">Penalty on the kernel.</param>
    /// <param name="biasRegularizer">Penalty on the bias.</param>
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="kernelConstraint">Projection of the kernel after each step.</param>
    /// <param name="biasConstraint">Projection of the bias after each step.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, strides meet dilation, or groups do not divide the filters.</exception>
    public Conv2D(
        long filters,
        Size2D kernelSize,
        Size2D? strides = null,
        Padding padding = default,
        DataFormat dataFormat = default,
        Size2D? dilationRate = null,
        long groups = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(kernelSize, strides, padding, dataFormat, dilationRate, activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, inputShape, name)
    {
        if (filters < 1) throw Throw.BadArgument(Where, nameof(filters), "a positive number", filters, "Give the number of output channels wanted.");
        if (groups < 1) throw Throw.BadArgument(Where, nameof(groups), "a positive number", groups, "Use 1 for an ordinary convolution.");
        if (filters % groups != 0) throw Throw.NotDivisibleByGroups(Where, nameof(filters), filters, groups);
        Filters = filters;
        Groups = groups;
        KernelInitializer = kernelInitializer ?? new GlorotUniform();
        KernelRegularizer = kernelRegularizer;
        KernelConstraint = kernelConstraint;
    }

    /// <summary>Number of output channels, at least 1.</summary>
    public long Filters { get; }

    /// <summary>Into how many independent blocks channels and filters are split.</summary>
    public long Groups { get; }

    /// <summary>How the kernel is filled.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>Projection of the kernel after each step.</summary>
    public Constraint? KernelConstraint { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var channels = ChannelsOf(input, _kernel?.Shape[2] * Groups);
        if (channels % Groups != 0) throw Throw.ChannelsNotDivisibleByGroups(this, Groups, input);
        return ConvolvedShape(input, Filters);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        var kernel = new Shape(KernelSize.Height, KernelSize.Width, ChannelsOf(input, null) / Groups, Filters);
        _kernel = AddWeight("kernel", kernel, KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint, layout: [3, 2, 0, 1]);
        var (height, width, _) = ImageAxes.Read(this, ConvolvedShape(input, Filters), DataFormat);
        _inPlanes = !FastConvolution.Trains(_kernel.Native, NativeStrides, NativeDilation, Groups) && ImageMemory.IsInPlanes((height ?? 0) * (width ?? 0) * _kernel.ElementCount, Keras.Device);
        if (_inPlanes) _kernel.MakeContiguous();
        AddBias(Filters);
    }

    /// <inheritdoc/>
    internal override (Tensor Kernel, long Groups)? ScalableKernel => (_kernel!.Native, Groups);

    /// <inheritdoc/>
    private protected override Tensor Convolve(Tensor images) => Convolve(images, _kernel!.Native, NativeBias, Groups);

    /// <inheritdoc/>
    private protected override Tensor Convolve(Tensor images, Func<Tensor, Tensor> finish) => Convolve(images, _kernel!.Native, NativeBias, Groups, finish);

    /// <inheritdoc/>
    private protected override Tensor Arrange(Tensor images) => _inPlanes ? images.contiguous() : images;
}
