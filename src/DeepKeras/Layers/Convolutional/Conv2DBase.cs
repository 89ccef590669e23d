using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What all two-dimensional convolutions share: window, border, bias and activation.</summary>
public abstract class Conv2DBase : Layer, IInPlaceFinish, IScalableLayer
{
    private static readonly long[] s_noPadding = [0, 0];
    private static readonly long[] s_ones = [1, 1];
    private readonly long[]? _symmetricPadding;
    private readonly Func<Tensor, Tensor>? _activation;
    private readonly Func<Tensor, Tensor>? _overwriting;

    private protected Conv2DBase(
        Size2D kernelSize,
        Size2D? strides,
        Padding padding,
        DataFormat dataFormat,
        Size2D? dilationRate,
        ActivationFunction? activation,
        bool useBias,
        Initializer? biasInitializer,
        Regularizer? biasRegularizer,
        Regularizer? activityRegularizer,
        Constraint? biasConstraint,
        Shape? inputShape,
        string? name)
        : base(inputShape, name)
    {
        KernelSize = kernelSize;
        Strides = strides ?? 1;
        Padding = padding;
        DataFormat = dataFormat;
        DilationRate = dilationRate ?? 1;
        Activation = activation ?? ActivationFunction.Linear;
        UseBias = useBias;
        BiasInitializer = biasInitializer ?? new Zeros();
        BiasRegularizer = biasRegularizer;
        ActivityRegularizer = activityRegularizer;
        BiasConstraint = biasConstraint;

        CheckPositive(KernelSize, nameof(kernelSize), "3 or (3, 5)");
        CheckPositive(Strides, nameof(strides), "1 or (2, 1)");
        CheckPositive(DilationRate, nameof(dilationRate), "1 or (2, 2)");
        if (padding.Mode == PaddingMode.Ceil) throw Throw.BadArgument(Where, nameof(padding), "\"valid\", \"same\" or a number of cells", padding, "\"ceil\" is for pools only.");
        if (padding.Cells.Height < 0 || padding.Cells.Width < 0) throw Throw.BadArgument(Where, nameof(padding), "\"valid\", \"same\" or a number of cells of at least 0", padding, "Use Cropping2D to cut cells away.");
        if ((Strides.Height > 1 || Strides.Width > 1) && (DilationRate.Height > 1 || DilationRate.Width > 1)) throw Throw.StridesWithDilation(Where, Strides, DilationRate);

        Rows = new(KernelSize.Height, Strides.Height, DilationRate.Height, padding.Mode, padding.Cells.Height);
        Columns = new(KernelSize.Width, Strides.Width, DilationRate.Width, padding.Mode, padding.Cells.Width);
        NativeStrides = Strides.ToArray();
        NativeDilation = DilationRate.ToArray();
        _symmetricPadding = FindSymmetricPadding();
        _activation = Activation.IsLinear ? null : Activation.Function;
        _overwriting = Activation.Overwriting;
    }

    /// <summary>Height and width of the window.</summary>
    public Size2D KernelSize { get; }

    /// <summary>Cells from one window to the next.</summary>
    public Size2D Strides { get; }

    /// <summary>How the border is treated.</summary>
    public Padding Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Distance between neighbouring cells of the window.</summary>
    public Size2D DilationRate { get; }

    /// <summary>Function applied to the result.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>How the bias is filled.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>Penalty on the bias.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>Projection of the bias after each step.</summary>
    public Constraint? BiasConstraint { get; }

    private protected SlidingWindow Rows { get; }

    private protected SlidingWindow Columns { get; }

    private protected long[] NativeStrides { get; }

    private protected long[] NativeDilation { get; }

    private protected Weight? Bias { get; private set; }

    /// <summary>The known channel count of an input shape, which must be <paramref name="expected"/> once the kernel exists.</summary>
    private protected long ChannelsOf(Shape input, long? expected)
    {
        var (_, _, channels) = ImageAxes.Read(this, input, DataFormat);
        if (channels is not { } known) throw Throw.UnknownChannels(this, input, DataFormat);
        return expected is null || expected == known ? known : throw Throw.WrongChannels(this, expected.Value, input, DataFormat);
    }

    private protected Shape ConvolvedShape(Shape input, long filters)
    {
        var (height, width, _) = ImageAxes.Read(this, input, DataFormat);
        var (rows, columns) = (Rows.Positions(height), Columns.Positions(width));
        if (rows < 1 || columns < 1) throw Throw.WindowTooLarge(this, "kernel", Rows, Columns, input);
        return ImageAxes.Write(input, DataFormat, rows, columns, filters);
    }

    private protected void AddBias(long length)
    {
        if (UseBias) Bias = AddWeight("bias", new Shape(length), BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
    }

    /// <summary>Brings a (N, C, H, W) view into the memory order that the layer works best on.</summary>
    private protected virtual Tensor Arrange(Tensor images) => images;

    /// <summary>The convolution of a (N, C, H, W) view.</summary>
    internal Tensor Convolve(Tensor images, Tensor kernel, Tensor? bias, long groups, Func<Tensor, Tensor>? finish = null)
    {
        if (_symmetricPadding is { } around && FastConvolution.Run(images, kernel, bias, new(NativeStrides, around, NativeDilation, groups), finish) is { } result) return result;
        var convolved = ConvolveByTorch(images, kernel, bias, groups);
        return finish is null ? convolved : finish(convolved);
    }

    private Tensor ConvolveByTorch(Tensor images, Tensor kernel, Tensor? bias, long groups)
    {
        images = Arrange(images);
        return _symmetricPadding is { } fixedPadding
            ? torch.nn.functional.conv2d(images, kernel, bias, NativeStrides, fixedPadding, NativeDilation, groups)
            : SpatialConvolution.Forward(images, kernel, bias, [Rows, Columns], NativeStrides, NativeDilation, isCausal: false, groups);
    }

    /// <summary>The convolution of each channel on its own.</summary>
    private protected Tensor ConvolveDepthwise(Tensor images, Weight kernel, Tensor? bias) => Convolve(images, DepthwiseKernel(kernel), bias, kernel.Shape[2]!.Value);

    /// <summary>Held as (in, multiplier, kh, kw); torch wants (in · multiplier, 1, kh, kw), which is the same thing for multiplier 1.</summary>
    private protected Tensor DepthwiseKernel(Weight kernel) =>
        kernel.Shape[3] == 1 ? kernel.Native : kernel.Native.reshape(-1, 1, KernelSize.Height, KernelSize.Width);

    /// <summary>A 1×1 convolution, which mixes channels.</summary>
    private protected static Tensor ConvolvePointwise(Tensor images, Tensor kernel, Tensor? bias) =>
        FastConvolution.Run(images, kernel, bias, new(s_ones, s_noPadding, s_ones, 1), null) ?? torch.nn.functional.conv2d(images, kernel, bias, s_ones, s_noPadding, s_ones, 1);

    /// <summary>The convolution with its bias, before the activation.</summary>
    /// <param name="images">The input as (N, C, H, W).</param>
    private protected abstract Tensor Convolve(Tensor images);

    /// <summary>The convolution with its bias, and what is done to it.</summary>
    /// <param name="images">The input as (N, C, H, W).</param>
    /// <param name="finish">Is applied to the result.</param>
    private protected virtual Tensor Convolve(Tensor images, Func<Tensor, Tensor> finish) => finish(Convolve(images));

    /// <summary>Whether <see cref="Convolve(Tensor)"/> gives memory of its own; autograd copies the whole gradient where a view is overwritten.</summary>
    private protected virtual bool GivesFreshMemory => true;

    /// <summary>The kernel and the number of groups, where the layer is one convolution whose kernel may be scaled filter by filter.</summary>
    internal virtual (Tensor Kernel, long Groups)? ScalableKernel => null;

    /// <summary>Whether the layer ends with its convolution.</summary>
    internal bool IsLinear => _activation is null;

    /// <summary>The bias, where there is one.</summary>
    internal Tensor? NativeBias => Bias?.Native;

    Tensor? IScalableLayer.NativeBias => NativeBias;

    bool IScalableLayer.IsScalable => IsLinear && GivesFreshMemory && ScalableKernel is not null;

    Tensor IScalableLayer.ScalableKernel => ScalableKernel!.Value.Kernel;

    /// <inheritdoc/>
    bool IInPlaceFinish.HasFreshResult => IsLinear && GivesFreshMemory;

    /// <inheritdoc/>
    Tensor IInPlaceFinish.Forward(IReadOnlyList<Tensor> inputs, bool training, Func<Tensor, Tensor> finish) =>
        ImageAxes.ToSurface(Convolve(ImageAxes.ToNative(inputs[0], DataFormat), finish), DataFormat);

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training)
    {
        var native = ImageAxes.ToNative(input, DataFormat);
        if (_overwriting is not null && GivesFreshMemory) return ImageAxes.ToSurface(Convolve(native, _overwriting), DataFormat);
        // Back to the surface first, so that a softmax runs over the surface's last axis as in Keras.
        var output = ImageAxes.ToSurface(Convolve(native), DataFormat);
        return _activation is null ? output : _activation(output);
    }

    bool IScalableLayer.HasChannelsAt(int axis) => (axis < 0 ? axis + 4 : axis) == DataFormat.ChannelAxis(4);

    Tensor IScalableLayer.Run(Tensor input, Tensor kernel, Tensor bias, Func<Tensor, Tensor> finish) =>
        ImageAxes.ToSurface(Convolve(ImageAxes.ToNative(input, DataFormat), kernel, bias, ScalableKernel!.Value.Groups, finish), DataFormat);

    Tensor? IScalableLayer.RunScaled(Tensor input, Tensor factor, Tensor bias, Func<Tensor, Tensor> finish, Tensor? addend, bool overwrites)
    {
        var (kernel, groups) = ScalableKernel!.Value;
        if (_symmetricPadding is not { } around) return null;
        if (addend is not null && (addend.dtype != ScalarType.Float32 || !addend.is_contiguous() || DataFormat.IsChannelsFirst || ConvolvedShape(Shape.Of(input), kernel.size(0)) != Shape.Of(addend))) return null;
        var result = FastConvolution.Run(ImageAxes.ToNative(input, DataFormat), kernel, bias, new(NativeStrides, around, NativeDilation, groups), finish, factor, addend is null ? null : ImageAxes.ToNative(addend, DataFormat), overwrites);
        return result is null ? null : ImageAxes.ToSurface(result, DataFormat);
    }

    private protected void CheckPositive(Size2D size, string argument, string example)
    {
        if (size.Height < 1 || size.Width < 1) throw Throw.BadArgument(Where, argument, "positive in both directions", size, $"Write for example {argument}: {example}.");
    }

    // Padding that does not depend on the image: explicit, none, or "same" at stride 1, whose total is span − 1.
    private long[]? FindSymmetricPadding()
    {
        if (Padding.Mode != PaddingMode.Same) return Padding.Cells.ToArray();
        var (rows, columns) = (Rows.Span - 1, Columns.Span - 1);
        return Rows.Stride == 1 && Columns.Stride == 1 && long.IsEvenInteger(rows) && long.IsEvenInteger(columns) ? [rows / 2, columns / 2] : null;
    }
}
