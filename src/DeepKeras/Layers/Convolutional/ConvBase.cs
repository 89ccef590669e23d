using System.Globalization;
using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>What all convolutions of sequences and volumes share: window, border, bias and activation.</summary>
/// <typeparam name="TSize">The extents of a window: <see cref="Size1D"/> or <see cref="Size3D"/>.</typeparam>
public abstract class ConvBase<TSize> : Layer
    where TSize : struct, ISpatialSize
{
    private readonly bool _isCausal;
    private readonly long[] _strides;
    private readonly long[] _dilation;
    private readonly Func<Tensor, Tensor>? _activation;

    private protected ConvBase(
        TSize kernelSize,
        TSize strides,
        SequencePadding padding,
        DataFormat dataFormat,
        TSize dilationRate,
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
        Strides = strides;
        DataFormat = dataFormat;
        DilationRate = dilationRate;
        Activation = activation ?? ActivationFunction.Linear;
        UseBias = useBias;
        BiasInitializer = biasInitializer ?? new Zeros();
        BiasRegularizer = biasRegularizer;
        ActivityRegularizer = activityRegularizer;
        BiasConstraint = biasConstraint;

        var size = KernelSize.ToArray();
        (_strides, _dilation) = (Strides.ToArray(), DilationRate.ToArray());
        CheckPositive(KernelSize, nameof(kernelSize), 3);
        CheckPositive(Strides, nameof(strides), 1);
        CheckPositive(DilationRate, nameof(dilationRate), 1);
        if (padding.Extent.Mode is PaddingMode.Explicit or PaddingMode.Ceil) throw Throw.NumberedBorder(Where, padding.Extent, KernelSize, size.Length == 1 ? "\"valid\", \"same\" or, for Conv1D, \"causal\"" : "\"valid\" or \"same\"");
        if (_strides.Max() > 1 && _dilation.Max() > 1) throw Throw.StridesWithDilation(Where, Strides, DilationRate);

        _isCausal = padding.IsCausal;
        _activation = Activation.IsLinear ? null : Activation.Function;
        Windows = [.. size.Select((cells, i) => new SlidingWindow(cells, _strides[i], _dilation[i], padding.Extent.Mode, 0))];
    }

    /// <summary>Extents of the window.</summary>
    public TSize KernelSize { get; }

    /// <summary>Cells from one window to the next.</summary>
    public TSize Strides { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Distance between neighbouring cells of the window.</summary>
    public TSize DilationRate { get; }

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

    private protected SlidingWindow[] Windows { get; }

    private protected Weight? Bias { get; private set; }

    /// <summary>The known channel count of an input shape, which must be <paramref name="expected"/> once the kernel exists.</summary>
    private protected long ChannelsOf(Shape input, long? expected)
    {
        var (_, channels) = SpatialAxes.Read(this, input, DataFormat, Windows.Length);
        if (channels is not { } known) throw Throw.UnknownChannels(this, input, DataFormat);
        return expected is null || expected == known ? known : throw Throw.WrongChannels(this, expected.Value, input, DataFormat);
    }

    private protected Shape ConvolvedShape(Shape input, long filters)
    {
        var (extents, _) = SpatialAxes.Read(this, input, DataFormat, Windows.Length);
        long?[] positions = [.. Windows.Zip(extents, (window, extent) => window.Positions(extent))];
        return positions.Any(p => p < 1) ? throw Throw.WindowTooLarge(this, "kernel", Windows, input) : SpatialAxes.Write(input, DataFormat, positions, filters);
    }

    /// <summary>Adds a kernel of the window's extents with two more axes: (…, in, out) here and (out, in, …) in torch, or (in, multiplier, …) where it is depthwise.</summary>
    private protected Weight AddKernel(string name, long nextToLast, long last, Initializer initializer, Regularizer? regularizer, Constraint? constraint, bool isDepthwise = false)
    {
        var axes = Windows.Length;
        var (first, second) = isDepthwise ? (axes, axes + 1) : (axes + 1, axes);
        var shape = new Shape([.. KernelSize.ToArray(), nextToLast, last]);
        return AddWeight(name, shape, initializer, regularizer: regularizer, constraint: constraint, layout: [first, second, .. Enumerable.Range(0, axes)]);
    }

    private protected void AddBias(long length)
    {
        if (UseBias) Bias = AddWeight("bias", new Shape(length), BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
    }

    /// <summary>The convolution of a (N, C, …) view.</summary>
    private protected Tensor Convolve(Tensor native, Tensor kernel, Tensor? bias, long groups) =>
        SpatialConvolution.Forward(native, kernel, bias, Windows, _strides, _dilation, _isCausal, groups);

    /// <summary>The convolution of each channel on its own; the kernel is held as (in, multiplier, …), torch wants (in · multiplier, 1, …).</summary>
    private protected Tensor ConvolveDepthwise(Tensor native, Weight kernel, Tensor? bias) =>
        Convolve(native, kernel.Native.reshape([-1, 1, .. KernelSize.ToArray()]), bias, kernel.Native.size(0));

    /// <summary>The transpose of a convolution.</summary>
    private protected Tensor ConvolveTransposed(Tensor native, Tensor kernel, Tensor? bias, TransposedWindow[] windows) =>
        SpatialConvolution.Transposed(native, kernel, bias, windows, _strides, _dilation);

    /// <summary>The convolution with its bias, before the activation.</summary>
    /// <param name="native">The input as (N, C, …).</param>
    private protected abstract Tensor Convolve(Tensor native);

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training)
    {
        // Back to the surface first, so that a softmax runs over the surface's last axis as in Keras.
        var output = SpatialAxes.ToSurface(Convolve(SpatialAxes.ToNative(input, DataFormat)), DataFormat);
        return _activation is null ? output : _activation(output);
    }

    private void CheckPositive(TSize size, string argument, int example)
    {
        if (size.ToArray().Min() < 1) throw Throw.BadArgument(Where, argument, "positive in every direction", size, $"Write for example {argument}: {example.ToString(CultureInfo.InvariantCulture)}.");
    }
}
