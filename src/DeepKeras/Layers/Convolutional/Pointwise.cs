namespace DeepKeras.Layers;

/// <summary>1×1 convolutions in prediction, with what follows them done in the same pass.</summary>
internal static class Pointwise
{
    private const int LeastPixels = 16;

    /// <summary>Whether a kernel, a multiple of 16 channels and filters, is one for it.</summary>
    /// <param name="kernel">(filters, channels, height, width).</param>
    /// <param name="padding">Rows and columns of zeros on either side.</param>
    public static bool Fits(Tensor kernel, long[] padding) => kernel.size(2) == 1 && kernel.size(3) == 1 && padding is [0, 0];

    /// <summary>Whether images are large enough.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="strides">Cells from one pixel to the next.</param>
    public static bool Takes(Tensor images, long[] strides) => images.size(0) * (images.size(2) / strides[0]) * (images.size(3) / strides[1]) >= LeastPixels;

    /// <summary>The convolution, without gradients.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="kernel">(filters, C, 1, 1).</param>
    /// <param name="bias">(filters), or null.</param>
    /// <param name="strides">Cells from one pixel to the next.</param>
    /// <param name="rectifies">Whether negative results become 0.</param>
    /// <param name="scale">A factor of the kernel per filter, or null.</param>
    /// <param name="addend">Is added before; as the result, or null.</param>
    /// <param name="overwrites">Whether the result takes the addend's memory.</param>
    public static unsafe Tensor Run(Tensor images, Tensor kernel, Tensor? bias, long[] strides, bool rectifies, Tensor? scale, Tensor? addend, bool overwrites = false)
    {
        var taken = strides is [1, 1] ? images : images.slice(2, 0, images.size(2), strides[0]).slice(3, 0, images.size(3), strides[1]);
        var (from, weights, shift, factors, to) = (FastConvolution.Dense(taken), FastConvolution.Dense(kernel), bias?.detach().contiguous(), scale?.detach().contiguous(), overwrites ? addend! : FastConvolution.Empty(taken.size(0), kernel.size(0), taken.size(2), taken.size(3)));
        fixed (byte* read = from.bytes, taps = weights.bytes, add = shift is null ? default : shift.bytes, multiply = factors is null ? default : factors.bytes, more = addend is null ? default : FastConvolution.Pixels(addend).bytes, write = FastConvolution.Pixels(to).bytes)
        {
            new PointwiseConvolution(from.numel() / from.size(3), (int)kernel.size(1), (int)kernel.size(0), (float*)read, (float*)taps, new((float*)multiply, (float*)add, (float*)more, rectifies), (float*)write).Run(torch.get_num_threads());
        }
        GC.KeepAlive((from, weights, shift, factors, addend));
        return to;
    }
}
