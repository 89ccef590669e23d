using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// The transpose of a convolution, which enlarges images: every input cell adds <c>input · kernel</c> to a window of the output, windows a stride apart
/// (Keras: <c>keras.layers.Conv2DTranspose</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, H, W, C) → (N, H′, W′, filters)</c> with span = (kernel − 1) · dilation + 1 and o = outputPadding:
/// "valid" H′ = (H − 1) · stride + max(span, stride), or (H − 1) · stride + span + o;
/// "same" H′ = H · stride, or (H − 1) · stride + span mod 2 + o; p explicit cells H′ = (H − 1) · stride − 2p + span + o.
/// Kernel <c>(kh, kw, filters, C)</c>, bias <c>(filters)</c>.
/// <code>var t = Conv2DTranspose(16, 3, strides: 2, padding: "same")(Input(14, 14, 32)); // (None, 28, 28, 16)</code>
/// </remarks>
public sealed class Conv2DTranspose : Conv2DBase
{
    private readonly TransposedWindow[] _windows;
    private Weight? _kernel;

    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Height and width of the window: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="strides">Cells from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c>, or a number of cells on every side.</param>
    /// <param name="outputPadding">Rows and columns added at the bottom and right, each below its stride; by default as many as make the sizes above.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window; 1 by default. Not together with strides above 1.</param>
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
    /// <exception cref="KerasException">A size is not positive, strides meet dilation, or outputPadding is not below the strides.</exception>
    public Conv2DTranspose(
        long filters,
        Size2D kernelSize,
        Size2D? strides = null,
        Padding padding = default,
        Size2D? outputPadding = null,
        DataFormat dataFormat = default,
        Size2D? dilationRate = null,
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
        if (outputPadding is { } extra && !(extra.Height >= 0 && extra.Width >= 0 && extra.Height < Strides.Height && extra.Width < Strides.Width)) throw Throw.OutputPadding(Where, extra, Strides);
        _windows = [new(Rows, outputPadding?.Height), new(Columns, outputPadding?.Width)];
        Filters = filters;
        OutputPadding = outputPadding;
        KernelInitializer = kernelInitializer ?? new GlorotUniform();
        KernelRegularizer = kernelRegularizer;
        KernelConstraint = kernelConstraint;
    }

    /// <summary>Number of output channels, at least 1.</summary>
    public long Filters { get; }

    /// <summary>Rows and columns added at the bottom and right, each below its stride.</summary>
    public Size2D? OutputPadding { get; }

    /// <summary>How the kernel is filled.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>Penalty on the kernel.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>Projection of the kernel after each step.</summary>
    public Constraint? KernelConstraint { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        _ = ChannelsOf(input, _kernel?.Shape[3]);
        var (height, width, _) = ImageAxes.Read(this, input, DataFormat);
        var (rows, columns) = (_windows[0].Extent(height), _windows[1].Extent(width));
        if (rows < 1 || columns < 1) throw Throw.NothingLeft(this, "padding", Padding, input);
        return ImageAxes.Write(input, DataFormat, rows, columns, Filters);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        // torch wants (in, out, kh, kw) here.
        var kernel = new Shape(KernelSize.Height, KernelSize.Width, Filters, ChannelsOf(input, null));
        _kernel = AddWeight("kernel", kernel, KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint, layout: [3, 2, 0, 1]);
        AddBias(Filters);
    }

    /// <inheritdoc/>
    private protected override bool GivesFreshMemory => false;

    /// <inheritdoc/>
    private protected override Tensor Convolve(Tensor images) =>
        SpatialConvolution.Transposed(images, _kernel!.Native, NativeBias, _windows, NativeStrides, NativeDilation);
}
