using System.Runtime.Intrinsics.X86;

namespace DeepKeras.Layers;

/// <summary>
/// 3×3 convolutions by Winograd's algorithm, in prediction and training: a quarter of the multiplications of the plain one, two to three times as fast with many channels.
/// For float32 on x86 processors with AVX2 and without AVX-512, where oneDNN's own convolutions are slow; elsewhere torch's are used.
/// Results differ from those of torch by about twice the rounding error that torch's own have. DEEPKERAS_WINOGRAD=off switches it off, =on on with AVX-512, too.
/// </summary>
internal static class Winograd
{
    private const string Variable = "DEEPKERAS_WINOGRAD";
    private const int ChannelsMultiple = 16;
    private const int LeastChannels = 32;

    // Transforming the kernel takes longer than it saves for fewer tiles of 4 × 4 pixels.
    private const int LeastTiles = 12;
    private static bool? s_isOn;

    /// <summary>Whether this processor gains by it.</summary>
    internal static bool IsOn
    {
        get => s_isOn ??= Fma.IsSupported && Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" => !Avx512F.IsSupported,
            "on" => true,
            "off" => false,
            var other => throw Throw.WinogradSwitch(Variable, other),
        };
        set => s_isOn = value && Fma.IsSupported;
    }

    /// <summary>Whether a kernel is one for it.</summary>
    /// <param name="kernel">(filters, channels / groups, height, width).</param>
    /// <param name="strides">The convolution's.</param>
    /// <param name="dilation">The convolution's.</param>
    /// <param name="groups">The convolution's.</param>
    public static bool Fits(Tensor kernel, long[] strides, long[] dilation, long groups) =>
        IsOn && groups == 1 && kernel.dtype == ScalarType.Float32 && kernel.size(2) == 3 && kernel.size(3) == 3 && strides is [1, 1] && dilation is [1, 1]
        && kernel.size(0) >= LeastChannels && kernel.size(1) >= LeastChannels && kernel.size(0) % ChannelsMultiple == 0 && kernel.size(1) % ChannelsMultiple == 0;

    /// <summary>Whether it shall be taken for these images.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="kernel">(filters, C, 3, 3).</param>
    /// <param name="padding">Rows and columns of zeros on either side.</param>
    public static bool Takes(Tensor images, Tensor kernel, long[] padding)
    {
        if (images.dtype != ScalarType.Float32 || images.device_type != DeviceType.CPU || padding[0] > 2 || padding[1] > 2) return false;
        var (height, width) = (images.size(2) + (2 * padding[0]) - 2, images.size(3) + (2 * padding[1]) - 2);
        if (height < 1 || width < 1 || images.size(0) < 1) return false;
        var tiles = images.size(0) * ((height + 3) / 4) * ((width + 3) / 4);
        // Spans hold no more bytes than this.
        var most = int.MaxValue / sizeof(float);
        return tiles >= LeastTiles && images.numel() <= most && images.size(0) * height * width * kernel.size(0) <= most && kernel.numel() <= most;
    }

    /// <summary>The convolution.</summary>
    /// <param name="images">(N, C, H, W); fastest where its memory is (N, H, W, C).</param>
    /// <param name="kernel">(filters, C, 3, 3); fastest where its memory is (filters, 3, 3, C).</param>
    /// <param name="bias">(filters), or null.</param>
    /// <param name="padding">Rows and columns of zeros on either side.</param>
    /// <returns>(N, filters, H′, W′) with memory (N, H′, W′, filters).</returns>
    public static Tensor Convolve(Tensor images, Tensor kernel, Tensor? bias, long[] padding) =>
        torch.is_grad_enabled() && (images.requires_grad || kernel.requires_grad || bias?.requires_grad == true)
            ? WinogradFunction.apply(images, kernel, bias!, padding)
            : Run(images, kernel, bias, padding);

    internal static unsafe Tensor Run(Tensor images, Tensor kernel, Tensor? bias, long[] padding)
    {
        var shape = ShapeOf(images, kernel, padding);
        var (from, weights, shift, to) = (Dense(images), Dense(kernel), bias?.detach().contiguous(), Empty(shape.Images, shape.Filters, shape.OutHeight, shape.OutWidth));
        fixed (byte* read = from.bytes, taps = weights.bytes, add = shift is null ? default : shift.bytes, write = Pixels(to).bytes)
        {
            WinogradConvolution.Run(shape, (float*)read, (float*)taps, (float*)add, (float*)write, torch.get_num_threads());
        }
        GC.KeepAlive((from, weights, shift));
        return to;
    }

    internal static unsafe Tensor InputGradient(Tensor images, Tensor kernel, Tensor gradient, long[] padding)
    {
        var shape = ShapeOf(images, kernel, padding);
        var (from, weights, to) = (Dense(gradient), Dense(kernel), Empty(shape.Images, shape.Channels, shape.Height, shape.Width));
        fixed (byte* read = from.bytes, taps = weights.bytes, write = Pixels(to).bytes)
        {
            WinogradConvolution.RunGradient(shape, (float*)read, (float*)taps, (float*)write, torch.get_num_threads());
        }
        GC.KeepAlive((from, weights));
        return to;
    }

    internal static unsafe Tensor KernelGradient(Tensor images, Tensor kernel, Tensor gradient, long[] padding)
    {
        var shape = ShapeOf(images, kernel, padding);
        var (from, changes, to) = (Dense(images), Dense(gradient), Empty(shape.Filters, shape.Channels, 3, 3));
        fixed (byte* read = from.bytes, change = changes.bytes, write = Pixels(to).bytes)
        {
            WinogradKernelGradient.Run(shape, (float*)read, (float*)change, (float*)write, torch.get_num_threads());
        }
        GC.KeepAlive((from, changes));
        return to;
    }

    // No view: what a function with a gradient of its own gives may then be overwritten by an activation.
    private static Tensor Empty(long images, long channels, long height, long width) =>
        torch.empty_strided([images, channels, height, width], [channels * height * width, 1, channels * width, channels], ScalarType.Float32, torch.CPU);

    private static Tensor Pixels(Tensor tensor) => tensor.permute(0, 2, 3, 1);

    private static Tensor Dense(Tensor tensor) => Pixels(tensor.detach()).contiguous();

    private static WinogradShape ShapeOf(Tensor images, Tensor kernel, long[] padding)
    {
        var (height, width) = (images.size(2) + (2 * padding[0]) - 2, images.size(3) + (2 * padding[1]) - 2);
        return new((int)images.size(0), (int)images.size(2), (int)images.size(3), (int)images.size(1), (int)kernel.size(0), (int)padding[0], (int)padding[1], (int)height, (int)width);
    }
}
