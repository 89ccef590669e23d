using System.Runtime.Intrinsics.X86;

namespace DeepKeras.Layers;

/// <summary>
/// How images lie in memory between convolutions; what a user sees is (N, H, W, C) either way. Pixel by pixel, torch's channels_last, is the rule.
/// oneDNN's kernels for it are made for AVX-512, though: on x86 processors without that, the large convolutions of VGG or U-Net are faster plane by plane
/// (by a tenth to a half, in training up to twice as fast), while for small ones, as in a ResNet, it makes no difference.
/// </summary>
internal static class ImageMemory
{
    /// <summary>From so many multiplications per image on a convolution is large.</summary>
    private const long ManyMultiplications = 1L << 28;

    private const string Variable = "DEEPKERAS_IMAGE_MEMORY";
    private static bool? s_prefersPlanes;

    /// <summary>Whether a convolution shall have its images plane by plane.</summary>
    /// <param name="multiplications">How many it takes for one image.</param>
    /// <param name="device">Where it runs.</param>
    public static bool IsInPlanes(long multiplications, torch.Device device) => multiplications >= ManyMultiplications && device.type == DeviceType.CPU && PrefersPlanes;

    /// <summary>What this machine prefers. DEEPKERAS_IMAGE_MEMORY=planes or =pixels says otherwise.</summary>
    internal static bool PrefersPlanes
    {
        get => s_prefersPlanes ??= Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" => X86Base.IsSupported && !Avx512F.IsSupported,
            "planes" => true,
            "pixels" => false,
            var other => throw Throw.ImageMemory(Variable, other),
        };
        set => s_prefersPlanes = value;
    }
}
