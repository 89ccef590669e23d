namespace DeepKeras.Layers;

/// <summary>
/// 3×3 convolutions by Winograd's algorithm, in prediction and training: a quarter of the multiplications of the plain one.
/// Results differ from the exact ones by about twice as much as torch's do.
/// </summary>
internal static class Winograd
{
    // Transforming the kernel takes longer than it saves for fewer tiles of 4 × 4 pixels.
    private const int LeastTiles = 12;
    private const int LeastChannels = 32;

    /// <summary>Whether a kernel, a multiple of 16 channels and filters, is one for it.</summary>
    /// <param name="kernel">(filters, channels, height, width).</param>
    /// <param name="strides">The convolution's.</param>
    /// <param name="dilation">The convolution's.</param>
    public static bool Fits(Tensor kernel, long[] strides, long[] dilation) =>
        kernel.size(2) == 3 && kernel.size(3) == 3 && strides is [1, 1] && dilation is [1, 1] && kernel.size(0) >= LeastChannels && kernel.size(1) >= LeastChannels;

    /// <summary>Whether images are large enough.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="padding">Rows and columns of zeros on either side.</param>
    public static bool Takes(Tensor images, long[] padding)
    {
        var (height, width) = (images.size(2) + (2 * padding[0]) - 2, images.size(3) + (2 * padding[1]) - 2);
        return padding[0] <= 2 && padding[1] <= 2 && height > 0 && width > 0 && images.size(0) * ((height + 3) / 4) * ((width + 3) / 4) >= LeastTiles;
    }

    /// <summary>The convolution, without gradients.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="kernel">(filters, C, 3, 3).</param>
    /// <param name="bias">(filters), or null.</param>
    /// <param name="padding">Rows and columns of zeros on either side.</param>
    /// <param name="rectifies">Whether negative results become 0.</param>
    /// <param name="scale">A factor of the kernel per filter, or null.</param>
    /// <param name="addend">Is added before; as the result, or null.</param>
    /// <param name="overwrites">Whether the result takes the addend's memory.</param>
    public static unsafe Tensor Run(Tensor images, Tensor kernel, Tensor? bias, long[] padding, bool rectifies = false, Tensor? scale = null, Tensor? addend = null, bool overwrites = false)
    {
        var shape = ShapeOf(images, kernel, padding);
        var (from, weights, shift, factors, to) = (FastConvolution.Dense(images), FastConvolution.Dense(kernel), bias?.detach().contiguous(), scale?.detach().contiguous(), overwrites ? addend! : FastConvolution.Empty(shape.Images, shape.Filters, shape.OutHeight, shape.OutWidth));
        fixed (byte* read = from.bytes, taps = weights.bytes, add = shift is null ? default : shift.bytes, multiply = factors is null ? default : factors.bytes, more = addend is null ? default : FastConvolution.Pixels(addend).bytes, write = FastConvolution.Pixels(to).bytes)
        {
            WinogradConvolution.Run(shape, (float*)read, (float*)taps, new((float*)multiply, (float*)add, (float*)more, rectifies), (float*)write, torch.get_num_threads());
        }
        GC.KeepAlive((from, weights, shift, factors, addend));
        return to;
    }

    /// <summary>Its gradient with respect to the images.</summary>
    public static unsafe Tensor InputGradient(Tensor images, Tensor kernel, Tensor gradient, long[] padding)
    {
        var shape = ShapeOf(images, kernel, padding);
        var (from, weights, to) = (FastConvolution.Dense(gradient), FastConvolution.Dense(kernel), FastConvolution.Empty(shape.Images, shape.Channels, shape.Height, shape.Width));
        fixed (byte* read = from.bytes, taps = weights.bytes, write = FastConvolution.Pixels(to).bytes)
        {
            WinogradConvolution.RunGradient(shape, (float*)read, (float*)taps, (float*)write, torch.get_num_threads());
        }
        GC.KeepAlive((from, weights));
        return to;
    }

    /// <summary>Its gradient with respect to the kernel.</summary>
    public static unsafe Tensor KernelGradient(Tensor images, Tensor kernel, Tensor gradient, long[] padding)
    {
        var shape = ShapeOf(images, kernel, padding);
        var (from, changes, to) = (FastConvolution.Dense(images), FastConvolution.Dense(gradient), FastConvolution.Empty(shape.Filters, shape.Channels, 3, 3));
        fixed (byte* read = from.bytes, change = changes.bytes, write = FastConvolution.Pixels(to).bytes)
        {
            WinogradKernelGradient.Run(shape, (float*)read, (float*)change, (float*)write, torch.get_num_threads());
        }
        GC.KeepAlive((from, changes));
        return to;
    }

    private static WinogradShape ShapeOf(Tensor images, Tensor kernel, long[] padding)
    {
        var (height, width) = (images.size(2) + (2 * padding[0]) - 2, images.size(3) + (2 * padding[1]) - 2);
        return new((int)images.size(0), (int)images.size(2), (int)images.size(3), (int)images.size(1), (int)kernel.size(0), (int)padding[0], (int)padding[1], (int)height, (int)width);
    }
}
