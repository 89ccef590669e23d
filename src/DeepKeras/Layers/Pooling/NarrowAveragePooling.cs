namespace DeepKeras.Layers;

/// <summary>
/// Averages of 2×2 cells for images of few channels. The CPU kernel of avg_pool2d takes a vector of channels at a time, so that images with fewer
/// channels than a vector holds go number by number; sums of pairs of rows, then of pairs of columns, run over dense memory instead.
/// </summary>
internal static class NarrowAveragePooling
{
    // Floats in the widest vector that libtorch uses.
    private const long VectorWidth = 16;

    // Below, the kernel is done before the additional calls are.
    private const long FewestElements = 16 * 1024;

    /// <summary>Whether the short way is open: 2×2 cells that tile large batches of few channels on the CPU.</summary>
    /// <param name="images">(N, C, H, W) with the channels densest.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="size">The window.</param>
    /// <param name="strides">The strides.</param>
    /// <param name="padding">The padding.</param>
    public static bool Fits(Tensor images, long[] shape, long[] size, long[] strides, long[] padding) =>
        shape[1] < VectorWidth && shape[0] * shape[1] * shape[2] * shape[3] >= FewestElements && size is [2, 2] && strides is [2, 2] && padding is [0, 0]
        && long.IsEvenInteger(shape[2]) && long.IsEvenInteger(shape[3]) && images.device_type == DeviceType.CPU;

    /// <summary>(N, C, H, W) → (N, C, H/2, W/2), with the channels densest.</summary>
    public static Tensor Pool(Tensor images, long[] shape)
    {
        var (count, channels, height, width) = (shape[0], shape[1], shape[2] / 2, shape[3] / 2);
        var rows = images.permute(0, 2, 3, 1).reshape(count, height, 2, shape[3] * channels).chunk(2, 2);
        var columns = rows[0].add(rows[1]).view(count, height, width, 2 * channels).chunk(2, 3);
        return columns[0].add(columns[1]).mul_(0.25).permute(0, 3, 1, 2);
    }
}
