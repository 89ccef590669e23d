using System.Runtime.Intrinsics.X86;
using DeepKeras.Activations;

namespace DeepKeras.Layers;

/// <summary>
/// Convolutions of our own for float32 on x86 processors with AVX2 and without AVX-512, where oneDNN's are slow: 3×3 ones by <see cref="Winograd"/> in prediction and training,
/// 1×1 ones and those of few pixels in prediction. An activation by ReLU is applied on the way. DEEPKERAS_FAST_CONVOLUTION=off leaves all to torch, =on takes them with AVX-512, too.
/// </summary>
internal static class FastConvolution
{
    private const string Variable = "DEEPKERAS_FAST_CONVOLUTION";
    private const int Multiple = BlockProduct.Columns;
    private static readonly Func<Tensor, Tensor> s_relu = ActivationFunctions.OverwritingRelu;
    private static bool? s_isOn;

    /// <summary>Whether this processor gains by it.</summary>
    internal static bool IsOn
    {
        get => s_isOn ??= Fma.IsSupported && Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" => !Avx512F.IsSupported,
            "on" => true,
            "off" => false,
            var other => throw Throw.FastConvolution(Variable, other),
        };
        set => s_isOn = value && Fma.IsSupported;
    }

    /// <summary>Whether a kernel is one for it in training, too.</summary>
    /// <param name="kernel">(filters, channels / groups, height, width).</param>
    /// <param name="strides">The convolution's.</param>
    /// <param name="dilation">The convolution's.</param>
    /// <param name="groups">The convolution's.</param>
    public static bool Trains(Tensor kernel, long[] strides, long[] dilation, long groups) => Fits(kernel, groups) && Winograd.Fits(kernel, strides, dilation);

    /// <summary>The convolution, where it is one for us; null where it is not.</summary>
    /// <param name="images">(N, C, H, W); fastest where its memory is (N, H, W, C).</param>
    /// <param name="kernel">(filters, C, height, width); fastest where its memory is (filters, height, width, C).</param>
    /// <param name="bias">(filters), or null.</param>
    /// <param name="window">Strides, padding, dilation and groups.</param>
    /// <param name="finish">What is done to the result, or null.</param>
    /// <param name="scale">A factor of the kernel per filter, or null; not where gradients are recorded.</param>
    /// <param name="addend">Is added before the finish, of the result's shape, or null; not where gradients are recorded.</param>
    /// <param name="overwrites">Whether the result may take the addend's memory, which is (N, H′, W′, filters) then.</param>
    /// <returns>(N, filters, H′, W′) with memory (N, H′, W′, filters), finished.</returns>
    public static Tensor? Run(Tensor images, Tensor kernel, Tensor? bias, ConvolutionWindow window, Func<Tensor, Tensor>? finish, Tensor? scale = null, Tensor? addend = null, bool overwrites = false)
    {
        if (!Fits(kernel, window.Groups) || images.dtype != ScalarType.Float32 || images.device_type != DeviceType.CPU) return null;
        var isRecorded = torch.is_grad_enabled() && (images.requires_grad || kernel.requires_grad || bias?.requires_grad == true);
        var rectifies = !isRecorded && s_relu.Equals(finish);
        Tensor result;
        if (Winograd.Fits(kernel, window.Strides, window.Dilation) && Winograd.Takes(images, window.Padding) && HasSpans(images, kernel))
        {
            result = isRecorded ? WinogradFunction.apply(images, kernel, bias!, window.Padding) : Winograd.Run(images, kernel, bias, window.Padding, rectifies, scale, addend, overwrites);
        }
        else if (!isRecorded && Pointwise.Fits(kernel, window.Padding) && Pointwise.Takes(images, window.Strides) && HasSpans(images, kernel))
        {
            result = Pointwise.Run(images, kernel, bias, window.Strides, rectifies, scale, addend, overwrites);
        }
        else if (!isRecorded && Patches.Takes(images, kernel, window) && HasSpans(images, kernel))
        {
            result = Patches.Run(images, kernel, bias, window, rectifies, scale, addend, overwrites);
        }
        else
        {
            return null;
        }
        return finish is null || rectifies ? result : finish(result);
    }

    /// <summary>A tensor of (N, C, H, W) with memory (N, H, W, C). No view: what a function with a gradient of its own gives may then be overwritten by an activation.</summary>
    public static Tensor Empty(long images, long channels, long height, long width) =>
        torch.empty_strided([images, channels, height, width], [channels * height * width, 1, channels * width, channels], ScalarType.Float32, torch.CPU);

    /// <summary>The view (N, H, W, C) of (N, C, H, W).</summary>
    public static Tensor Pixels(Tensor tensor) => tensor.permute(0, 2, 3, 1);

    /// <summary>The numbers of (N, C, H, W) in the order (N, H, W, C); a copy only where they lie otherwise.</summary>
    public static Tensor Dense(Tensor tensor) => Pixels(tensor.detach()).contiguous();

    private static bool Fits(Tensor kernel, long groups) =>
        IsOn && groups == 1 && kernel.dtype == ScalarType.Float32 && kernel.size(0) % Multiple == 0 && kernel.size(1) % Multiple == 0;

    // Spans hold no more bytes. The result is at most as much larger than the images as it has more channels, or a border around them.
    private static bool HasSpans(Tensor images, Tensor kernel) =>
        images.numel() > 0 && (images.size(2) + 4) * (images.size(3) + 4) * images.size(0) * Math.Max(images.size(1), kernel.size(0)) <= int.MaxValue / sizeof(float) && kernel.numel() <= int.MaxValue / sizeof(float);
}
