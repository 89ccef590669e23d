using DeepKeras.Layers;

namespace DeepKeras;

/// <content>Convolutions with given kernels. Unlike the layers, they take strides together with dilation.</content>
public static partial class Ops
{
    /// <summary>A convolution of sequences, images or volumes (Keras: <c>keras.ops.conv</c>).</summary>
    /// <remarks>
    /// <b>Shapes</b> <c>(N, …, C), (k…, C / groups, filters) → (N, …′, filters)</c> with span = (k − 1) · dilation + 1: "valid" ⌊(extent − span) / stride⌋ + 1,
    /// "same" ⌈extent / stride⌉. The number of groups is that of the input's channels divided by the kernel's.
    /// <code>var edges = Ops.Conv(images, kernel, strides: 2, padding: "same", dilationRate: 2);</code>
    /// </remarks>
    /// <param name="inputs">Three axes for sequences, four for images, five for volumes.</param>
    /// <param name="kernel">The kernel, in Keras's layout.</param>
    /// <param name="strides">Cells from one window to the next, one number for all axes or one each; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window, one number for all axes or one each; 1 by default.</param>
    /// <exception cref="KerasException">Ranks, channels or extents do not fit, or the window is larger than the input.</exception>
    public static Tensor Conv(Tensor inputs, Tensor kernel, Shape? strides = null, Padding padding = default, DataFormat dataFormat = default, Shape? dilationRate = null)
    {
        const string Where = "Ops.Conv";
        CheckKernel(Where, nameof(kernel), inputs, kernel);
        using var scope = torch.NewDisposeScope();
        return SpatialAxes.ToSurface(Convolve(Where, SpatialAxes.ToNative(inputs, dataFormat), kernel, strides, padding, dilationRate), dataFormat).MoveToOuterDisposeScope();
    }

    /// <summary>A convolution of each channel on its own (Keras: <c>keras.ops.depthwise_conv</c>).</summary>
    /// <remarks>
    /// <b>Shapes</b> <c>(N, …, C), (k…, C, multiplier) → (N, …′, C · multiplier)</c>, extents as in <see cref="Conv"/>.
    /// <code>var blurred = Ops.DepthwiseConv(images, kernel, padding: "same");</code>
    /// </remarks>
    /// <param name="inputs">Three axes for sequences, four for images, five for volumes.</param>
    /// <param name="kernel">The kernel, in Keras's layout.</param>
    /// <param name="strides">Cells from one window to the next, one number for all axes or one each; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window, one number for all axes or one each; 1 by default.</param>
    /// <exception cref="KerasException">Ranks, channels or extents do not fit, or the window is larger than the input.</exception>
    public static Tensor DepthwiseConv(Tensor inputs, Tensor kernel, Shape? strides = null, Padding padding = default, DataFormat dataFormat = default, Shape? dilationRate = null)
    {
        const string Where = "Ops.DepthwiseConv";
        CheckKernel(Where, nameof(kernel), inputs, kernel);
        using var scope = torch.NewDisposeScope();
        return SpatialAxes.ToSurface(ConvolveDepthwise(Where, nameof(kernel), SpatialAxes.ToNative(inputs, dataFormat), kernel, strides, padding, dilationRate), dataFormat).MoveToOuterDisposeScope();
    }

    /// <summary>A convolution of each channel on its own, then one of 1 × 1 that mixes the channels (Keras: <c>keras.ops.separable_conv</c>).</summary>
    /// <remarks>
    /// <b>Shapes</b> <c>(N, …, C), (k…, C, multiplier), (1…, C · multiplier, filters) → (N, …′, filters)</c>, extents as in <see cref="Conv"/>.
    /// <code>var t = Ops.SeparableConv(images, depthwise, pointwise, padding: "same");</code>
    /// </remarks>
    /// <param name="inputs">Three axes for sequences, four for images, five for volumes.</param>
    /// <param name="depthwiseKernel">The first kernel, in Keras's layout.</param>
    /// <param name="pointwiseKernel">The second kernel, in Keras's layout.</param>
    /// <param name="strides">Cells from one window to the next, one number for all axes or one each; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window, one number for all axes or one each; 1 by default.</param>
    /// <exception cref="KerasException">Ranks, channels or extents do not fit, or the window is larger than the input.</exception>
    public static Tensor SeparableConv(Tensor inputs, Tensor depthwiseKernel, Tensor pointwiseKernel, Shape? strides = null, Padding padding = default, DataFormat dataFormat = default, Shape? dilationRate = null)
    {
        const string Where = "Ops.SeparableConv";
        CheckKernel(Where, nameof(depthwiseKernel), inputs, depthwiseKernel);
        CheckKernel(Where, nameof(pointwiseKernel), inputs, pointwiseKernel);
        using var scope = torch.NewDisposeScope();
        var deep = ConvolveDepthwise(Where, nameof(depthwiseKernel), SpatialAxes.ToNative(inputs, dataFormat), depthwiseKernel, strides, padding, dilationRate);
        return SpatialAxes.ToSurface(Convolve(Where, deep, pointwiseKernel, null, default, null), dataFormat).MoveToOuterDisposeScope();
    }

    /// <summary>The transpose of a convolution, which enlarges (Keras: <c>keras.ops.conv_transpose</c>).</summary>
    /// <remarks>
    /// <b>Shapes</b> <c>(N, …, C), (k…, filters, C) → (N, …′, filters)</c> with span = (k − 1) · dilation + 1: "valid" (extent − 1) · stride + max(span, stride),
    /// "same" extent · stride; with outputPadding (extent − 1) · stride + span + outputPadding, or span mod 2 in place of span for "same".
    /// <code>var large = Ops.ConvTranspose(images, kernel, strides: 2, padding: "same");</code>
    /// </remarks>
    /// <param name="inputs">Three axes for sequences, four for images, five for volumes.</param>
    /// <param name="kernel">The kernel, in Keras's layout.</param>
    /// <param name="strides">Cells from one window to the next, one number for all axes or one each; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="outputPadding">Cells added after each axis, below its stride; by default as many as make the extents above.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window, one number for all axes or one each; 1 by default.</param>
    /// <exception cref="KerasException">Ranks, channels or extents do not fit.</exception>
    public static Tensor ConvTranspose(Tensor inputs, Tensor kernel, Shape? strides = null, Padding padding = default, Shape? outputPadding = null, DataFormat dataFormat = default, Shape? dilationRate = null)
    {
        const string Where = "Ops.ConvTranspose";
        CheckKernel(Where, nameof(kernel), inputs, kernel);
        using var scope = torch.NewDisposeScope();
        var native = SpatialAxes.ToNative(inputs, dataFormat);
        if (kernel.size(-1) != native.size(1)) throw Throw.KernelChannels(Where, nameof(kernel), native.size(1), Shape.Of(kernel));
        var windows = Windows(Where, Shape.Of(kernel)[..^2], strides, padding, dilationRate);
        var extra = outputPadding is null ? null : SpreadOver(Where, nameof(outputPadding), outputPadding, windows.Length, least: 0);
        for (var i = 0; i < windows.Length; i++)
        {
            if (extra?[i] >= windows[i].Stride) throw Throw.BadArgument(Where, nameof(outputPadding), "below the strides", outputPadding, "Larger gaps would hold nothing; pad the result for those.");
        }
        TransposedWindow[] enlarging = [.. windows.Select((window, i) => new TransposedWindow(window, extra?[i]))];
        var enlarged = SpatialConvolution.Transposed(native, ToTorch(kernel), null, enlarging, Strides(windows), Dilation(windows));
        return SpatialAxes.ToSurface(enlarged, dataFormat).MoveToOuterDisposeScope();
    }

    /// <summary>The convolution of a (N, C, …) view.</summary>
    private static Tensor Convolve(string where, Tensor native, Tensor kernel, Shape? strides, Padding padding, Shape? dilation)
    {
        var (channels, each) = (native.size(1), kernel.size(-2));
        if (each == 0 || channels % each != 0 || kernel.size(-1) % (channels / each) != 0) throw Throw.KernelChannels(where, "kernel", channels, Shape.Of(kernel));
        return Slide(where, native, ToTorch(kernel), Windows(where, Shape.Of(kernel)[..^2], strides, padding, dilation), channels / each);
    }

    private static Tensor ConvolveDepthwise(string where, string argument, Tensor native, Tensor kernel, Shape? strides, Padding padding, Shape? dilation)
    {
        var channels = native.size(1);
        if (kernel.size(-2) != channels) throw Throw.KernelChannels(where, argument, channels, Shape.Of(kernel));
        // (k…, in, multiplier) as (in · multiplier, 1, k…).
        var axes = (int)kernel.ndim - 2;
        var each = kernel.permute([axes, axes + 1, .. Leading(axes)]).reshape([-1, 1, .. kernel.shape[..axes]]);
        return Slide(where, native, each, Windows(where, Shape.Of(kernel)[..^2], strides, padding, dilation), channels);
    }

    private static Tensor Slide(string where, Tensor native, Tensor kernel, SlidingWindow[] windows, long groups)
    {
        for (var i = 0; i < windows.Length; i++)
        {
            if (windows[i].Positions(native.size(i + 2)) < 1) throw Throw.WindowOutside(where, windows, Shape.Of(native)[2..]);
        }
        return SpatialConvolution.Forward(native, kernel, null, windows, Strides(windows), Dilation(windows), isCausal: false, groups);
    }

    /// <summary>(k…, a, b) as (b, a, k…).</summary>
    private static Tensor ToTorch(Tensor kernel)
    {
        var axes = (int)kernel.ndim - 2;
        return kernel.permute([axes + 1, axes, .. Leading(axes)]);
    }

    private static IEnumerable<long> Leading(int axes) => Enumerable.Range(0, axes).Select(a => (long)a);

    private static long[] Strides(SlidingWindow[] windows) => Array.ConvertAll(windows, w => w.Stride);

    private static long[] Dilation(SlidingWindow[] windows) => Array.ConvertAll(windows, w => w.Dilation);

    private static void CheckKernel(string where, string argument, Tensor inputs, Tensor kernel)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(kernel);
        if (inputs.ndim is < 3 or > 5) throw Throw.BadArgument(where, nameof(inputs), "a tensor of three axes (sequences), four (images) or five (volumes)", Shape.Of(inputs), "Reshape it, the batch first.");
        if (kernel.ndim != inputs.ndim) throw Throw.BadArgument(where, argument, $"a tensor of {inputs.ndim} axes, as inputs has,", Shape.Of(kernel), "Give its extents, then channels in and out, in Keras's order.");
    }
}
