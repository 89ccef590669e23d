using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DeepKeras.Threading;

namespace DeepKeras.Layers;

/// <summary>A 1×1 convolution, which is a matrix product: pixels by channels times channels by filters.</summary>
internal sealed unsafe class PointwiseConvolution
{
    private const int Width = 8;

    // With so many pixels the kernel is arranged once for all threads, which take turns in pixels, if it stays in a cache then.
    // Otherwise they take turns in filters, and each arranges those it works on: at most so many panels of 16.
    private const int ManyPixels = 384;
    private const long MostKernelBytes = 1 << 20;
    private const int MostPanels = 4;
    private const int JobsPerThread = 8;
    private const int Ahead = 32;
    private readonly long _pixels;
    private readonly int _channels;
    private readonly int _filters;
    private readonly float* _images;
    private readonly float* _kernel;
    private readonly ConvolutionFinish _finish;
    private readonly float* _output;

    /// <param name="pixels">How many pixels all images have, at least <see cref="BlockProduct.Rows"/>.</param>
    /// <param name="channels">Channels of the input, a multiple of 16.</param>
    /// <param name="filters">Channels of the output, a multiple of 16.</param>
    /// <param name="images">The input, pixel by pixel.</param>
    /// <param name="kernel">(filters, channels).</param>
    /// <param name="finish">What is done on the way.</param>
    /// <param name="output">Is filled, pixel by pixel; may be what is added.</param>
    public PointwiseConvolution(long pixels, int channels, int filters, float* images, float* kernel, ConvolutionFinish finish, float* output)
    {
        (_pixels, _channels, _filters, _finish) = (pixels, channels, filters, finish);
        _images = images;
        _kernel = kernel;
        _output = output;
    }

    private int Panels => _filters / BlockProduct.Columns;

    private int PanelSize => _channels * BlockProduct.Columns;

    /// <summary>Computes it.</summary>
    /// <param name="threads">How many threads may work on it.</param>
    public void Run(int threads)
    {
        if (_pixels >= ManyPixels && (long)_filters * _channels * sizeof(float) <= MostKernelBytes) RunByPixels(threads);
        else RunByFilters(threads);
    }

    private void RunByPixels(int threads)
    {
        var kernels = Scratch.Allocate((long)_filters * _channels);
        var share = (Panels + threads - 1) / threads;
        TorchThreads.Run(threads, job => Pack(job * share, Math.Min((job + 1) * share, Panels), kernels));
        var rows = Math.Max(1, _pixels / (JobsPerThread * threads) / BlockProduct.Rows) * BlockProduct.Rows;
        TorchThreads.Run((int)((_pixels + rows - 1) / rows), job => Multiply(job * rows, Math.Min((job + 1) * rows, _pixels), 0, Panels, kernels));
        Scratch.Free(kernels);
    }

    private void RunByFilters(int threads)
    {
        var size = Math.Clamp((Panels + threads - 1) / threads, 1, MostPanels);
        TorchThreads.Run((Panels + size - 1) / size, job =>
        {
            var (first, end) = (job * size, Math.Min((job + 1) * size, Panels));
            var kernels = Scratch.Allocate((long)size * PanelSize);
            Pack(first, end, kernels - ((long)first * PanelSize));
            Multiply(0, _pixels, first, end, kernels - ((long)first * PanelSize));
            Scratch.Free(kernels);
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(long firstPixel, long endPixel, int firstPanel, int endPanel, float* kernels)
    {
        var whole = Math.Min(endPixel, _pixels - BlockProduct.Rows + 1);
        var pixel = firstPixel;
        for (; pixel < whole; pixel += BlockProduct.Rows)
        {
            for (var panel = firstPanel; panel < endPanel; panel++)
            {
                var (column, at) = (panel * BlockProduct.Columns, (pixel * _filters) + (panel * BlockProduct.Columns));
                BlockProduct.Multiply(
                    _images + (pixel * _channels), _channels, 1, kernels + ((long)panel * PanelSize), _output + at, _filters, _channels,
                    _finish.Bias is null ? null : _finish.Bias + column, _finish.Addend is null ? null : _finish.Addend + at, _finish.Rectifies);
            }
        }
        if (pixel < endPixel) MultiplyRest(pixel, firstPanel, endPanel, kernels);
    }

    /// <summary>The last pixels, fewer than a block has. It takes some again that were done already, rather than those behind the end, and leaves their results as they are.</summary>
    [SkipLocalsInit]
    private void MultiplyRest(long pixel, int firstPanel, int endPanel, float* kernels)
    {
        const int Columns = BlockProduct.Columns;
        var first = _pixels - BlockProduct.Rows;
        var block = stackalloc float[BlockProduct.Rows * Columns];
        for (var panel = firstPanel; panel < endPanel; panel++)
        {
            var (column, at) = (panel * Columns, (first * _filters) + (panel * Columns));
            for (var row = 0; row < BlockProduct.Rows && _finish.Addend is not null; row++) new Span<float>(_finish.Addend + at + ((long)row * _filters), Columns).CopyTo(new Span<float>(block + (row * Columns), Columns));
            BlockProduct.Multiply(
                _images + (first * _channels), _channels, 1, kernels + ((long)panel * PanelSize), block, Columns, _channels,
                _finish.Bias is null ? null : _finish.Bias + column, _finish.Addend is null ? null : block, _finish.Rectifies);
            for (var row = (int)(pixel - first); row < BlockProduct.Rows; row++) new Span<float>(block + (row * Columns), Columns).CopyTo(new Span<float>(_output + at + ((long)row * _filters), Columns));
        }
    }

    private void Pack(int firstPanel, int endPanel, float* kernels)
    {
        for (var panel = firstPanel; panel < endPanel; panel++) Pack(panel * BlockProduct.Columns, kernels + ((long)panel * PanelSize));
    }

    // Whole lines of the cache are read and written at a time: distances are often such that the next line takes the place of this one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(int filter, float* to)
    {
        var (low, high) = (Vector256<float>.One, Vector256<float>.One);
        if (_finish.Scale is not null) (low, high) = (Vector256.Load(_finish.Scale + filter), Vector256.Load(_finish.Scale + filter + Width));
        for (var c = 0; c < _channels; c += 2 * Width, to += 2 * Width * BlockProduct.Columns)
        {
            var from = _kernel + ((long)filter * _channels) + c;
            for (var row = 0; row < BlockProduct.Columns; row++) Sse.Prefetch0(from + ((long)row * _channels) + Ahead);
            BlockMemory.Transpose(from, _channels, low, to, BlockProduct.Columns);
            BlockMemory.Transpose(from + Width, _channels, low, to + (Width * BlockProduct.Columns), BlockProduct.Columns);
            from += (long)Width * _channels;
            BlockMemory.Transpose(from, _channels, high, to + Width, BlockProduct.Columns);
            BlockMemory.Transpose(from + Width, _channels, high, to + Width + (Width * BlockProduct.Columns), BlockProduct.Columns);
        }
    }
}
