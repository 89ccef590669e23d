using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepKeras.Threading;

namespace DeepKeras.Layers;

/// <summary>A 1×1 convolution, which is a matrix product: pixels by channels times channels by filters.</summary>
internal sealed unsafe class PointwiseConvolution
{
    private const int MostPanels = 4;
    private const int PixelsPerJob = 384;
    private const int Width = 8;
    private readonly long _pixels;
    private readonly int _channels;
    private readonly int _filters;
    private readonly float* _images;
    private readonly float* _kernel;
    private readonly ConvolutionFinish _finish;
    private readonly float* _output;

    /// <param name="pixels">How many pixels all images have, at least <see cref="BlockProduct.Rows"/>.</param>
    /// <param name="channels">Channels of the input, a multiple of 8.</param>
    /// <param name="filters">Channels of the output, a multiple of 16.</param>
    /// <param name="images">The input, pixel by pixel.</param>
    /// <param name="kernel">(filters, channels).</param>
    /// <param name="finish">What is done on the way.</param>
    /// <param name="output">Is filled, pixel by pixel.</param>
    public PointwiseConvolution(long pixels, int channels, int filters, float* images, float* kernel, ConvolutionFinish finish, float* output)
    {
        (_pixels, _channels, _filters, _finish) = (pixels, channels, filters, finish);
        _images = images;
        _kernel = kernel;
        _output = output;
    }

    /// <summary>Computes it.</summary>
    /// <param name="threads">How many threads may work on it.</param>
    public void Run(int threads)
    {
        var panels = _filters / BlockProduct.Columns;
        var size = Math.Clamp((panels + threads - 1) / threads, 1, MostPanels);
        var groups = (panels + size - 1) / size;
        var blocks = (int)Math.Clamp(_pixels / PixelsPerJob, 1, 4 * threads);
        var share = (_pixels + blocks - 1) / blocks;
        TorchThreads.Run(groups * blocks, job =>
        {
            var (block, group) = Math.DivRem(job, groups);
            Multiply(block * share, Math.Min((block + 1) * share, _pixels), group * size * BlockProduct.Columns, Math.Min(size, panels - (group * size)));
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(long first, long end, int filter, int panels)
    {
        var kernels = BlockMemory.Allocate((long)panels * _channels * BlockProduct.Columns);
        for (var p = 0; p < panels; p++) Pack(filter + (p * BlockProduct.Columns), kernels + ((long)p * _channels * BlockProduct.Columns));
        for (var pixel = first; pixel < end; pixel += BlockProduct.Rows)
        {
            // The last block takes pixels again that were done already, rather than those behind the end.
            var row = Math.Min(pixel, _pixels - BlockProduct.Rows);
            for (var p = 0; p < panels; p++)
            {
                var column = filter + (p * BlockProduct.Columns);
                BlockProduct.Multiply(
                    _images + (row * _channels), _channels, 1, kernels + ((long)p * _channels * BlockProduct.Columns), _output + (row * _filters) + column, _filters, _channels,
                    _finish.Bias is null ? null : _finish.Bias + column, _finish.Addend is null ? null : _finish.Addend + (row * _filters) + column, _finish.Rectifies);
            }
        }
        BlockMemory.Free(kernels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(int filter, float* to)
    {
        var columns = stackalloc Vector256<float>[Width];
        for (var half = 0; half < BlockProduct.Columns; half += Width)
        {
            var scale = _finish.Scale is null ? Vector256<float>.One : Vector256.Load(_finish.Scale + filter + half);
            for (var c = 0; c < _channels; c += Width)
            {
                BlockMemory.Transpose(_kernel + ((long)(filter + half) * _channels) + c, _channels, columns);
                for (var k = 0; k < Width; k++) (columns[k] * scale).Store(to + ((c + k) * BlockProduct.Columns) + half);
            }
        }
    }
}
