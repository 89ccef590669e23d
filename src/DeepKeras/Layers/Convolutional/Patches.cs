using DeepKeras.Threading;

namespace DeepKeras.Layers;

/// <summary>
/// Convolutions of few pixels and many channels in prediction, of any strides: the patches under the windows are copied into the rows of a matrix, and the rest is a 1×1 convolution.
/// </summary>
internal static class Patches
{
    private const long MostBytesPerImage = 4L << 20;
    private const long MostBytes = 4L << 20;
    private const int LeastPixels = 16;

    // With fewer, or for larger windows, copying the patches takes longer than the products save: measured against oneDNN, 16 to 512 channels.
    private const int LeastChannels = 64;
    private const int MostTaps = 9;

    /// <summary>Whether the patches take little memory and there are products enough to each.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="kernel">(filters, C, height, width).</param>
    /// <param name="window">Strides, padding and dilation.</param>
    public static bool Takes(Tensor images, Tensor kernel, ConvolutionWindow window)
    {
        if (kernel.size(0) < LeastChannels || kernel.size(1) < LeastChannels || kernel.size(2) * kernel.size(3) > MostTaps) return false;
        var (height, width) = Extents(images, kernel, window);
        return height > 0 && width > 0 && height * width >= LeastPixels && height * width * kernel.numel() / kernel.size(0) * sizeof(float) <= MostBytesPerImage;
    }

    /// <summary>The convolution, without gradients.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="kernel">(filters, C, height, width).</param>
    /// <param name="bias">(filters), or null.</param>
    /// <param name="window">Strides, padding and dilation.</param>
    /// <param name="rectifies">Whether negative results become 0.</param>
    /// <param name="scale">A factor of the kernel per filter, or null.</param>
    /// <param name="addend">Is added before; as the result, or null.</param>
    /// <param name="overwrites">Whether the result takes the addend's memory.</param>
    public static unsafe Tensor Run(Tensor images, Tensor kernel, Tensor? bias, ConvolutionWindow window, bool rectifies, Tensor? scale, Tensor? addend, bool overwrites = false)
    {
        var (height, width) = Extents(images, kernel, window);
        var (count, filters, depth, pixels) = (images.size(0), (int)kernel.size(0), (int)(kernel.numel() / kernel.size(0)), height * width);
        var (from, weights, shift, factors, to) = (FastConvolution.Dense(images), FastConvolution.Dense(kernel), bias?.detach().contiguous(), scale?.detach().contiguous(), overwrites ? addend! : FastConvolution.Empty(count, filters, height, width));
        var together = Math.Clamp(MostBytes / (pixels * depth * sizeof(float)), 1, count);
        var patches = Scratch.Allocate(together * pixels * depth);
        fixed (byte* read = from.bytes, taps = weights.bytes, add = shift is null ? default : shift.bytes, multiply = factors is null ? default : factors.bytes, more = addend is null ? default : FastConvolution.Pixels(addend).bytes, write = FastConvolution.Pixels(to).bytes)
        {
            for (var image = 0L; image < count; image += together)
            {
                var part = Math.Min(together, count - image);
                var offset = image * pixels * filters;
                Copy((float*)read + (image * images.size(1) * images.size(2) * images.size(3)), part, images, kernel, window, patches);
                var finish = new ConvolutionFinish((float*)multiply, (float*)add, more is null ? null : (float*)more + offset, rectifies);
                new PointwiseConvolution(part * pixels, depth, filters, patches, (float*)taps, finish, (float*)write + offset).Run(torch.get_num_threads());
            }
        }
        Scratch.Free(patches);
        GC.KeepAlive((from, weights, shift, factors, addend));
        return to;
    }

    private static (long Height, long Width) Extents(Tensor images, Tensor kernel, ConvolutionWindow window) => (Extent(images, kernel, window, 0), Extent(images, kernel, window, 1));

    private static long Extent(Tensor images, Tensor kernel, ConvolutionWindow window, int axis)
    {
        var room = images.size(2 + axis) + (2 * window.Padding[axis]) - ((kernel.size(2 + axis) - 1) * window.Dilation[axis]) - 1;
        return room < 0 ? 0 : (room / window.Strides[axis]) + 1;
    }

    /// <summary>A row of the matrix for each pixel of the output, a row of its images for each part.</summary>
    private static unsafe void Copy(float* from, long count, Tensor images, Tensor kernel, ConvolutionWindow window, float* to)
    {
        var (rows, columns) = Extents(images, kernel, window);
        var (height, width, channels) = (images.size(2), images.size(3), (int)images.size(1));
        var (windowRows, windowColumns) = (kernel.size(2), kernel.size(3));
        TorchThreads.Run((int)(count * rows), part =>
        {
            var (image, row) = Math.DivRem(part, rows);
            var patch = to + (part * columns * windowRows * windowColumns * channels);
            for (var column = 0L; column < columns; column++)
            {
                for (var i = 0L; i < windowRows; i++)
                {
                    var y = (row * window.Strides[0]) + (i * window.Dilation[0]) - window.Padding[0];
                    for (var j = 0L; j < windowColumns; j++, patch += channels)
                    {
                        var x = (column * window.Strides[1]) + (j * window.Dilation[1]) - window.Padding[1];
                        var target = new Span<float>(patch, channels);
                        if (y < 0 || y >= height || x < 0 || x >= width) target.Clear();
                        else new Span<float>(from + ((((image * height) + y) * width) + x) * channels, channels).CopyTo(target);
                    }
                }
            }
        });
    }
}
