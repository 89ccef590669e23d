using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DeepKeras.Threading;

namespace DeepKeras.Layers;

/// <summary>
/// A 3×3 convolution by Winograd's algorithm: a quarter of the multiplications. Images are (N, H, W, C) and kernels (filters, 3, 3, C), densely packed.
/// A block of tiles at a time: its windows are transformed, then for a few filters at a time 36 matrix products are made and transformed back.
/// </summary>
[SkipLocalsInit]
internal sealed unsafe class WinogradConvolution
{
    // As much of the third-level cache as the transformed windows of a block may take, how many tiles make it worth to transform the kernels again,
    // and how much and how many of these are transformed together.
    private const long BlockBytes = 2L << 20;
    private const int LeastTiles = 96;
    private const long KernelBytes = 5L << 19;
    private const int MostPanels = 4;
    private const int Points = WinogradTransforms.Points;
    private readonly WinogradShape _shape;
    private readonly int _threads;
    private readonly float* _kernel;
    private readonly bool _turned;
    private readonly ConvolutionFinish _finish;
    private readonly float* _output;

    private WinogradConvolution(WinogradShape shape, float* kernel, bool turned, ConvolutionFinish finish, float* output, int threads)
    {
        (_shape, _turned, _finish, _threads) = (shape, turned, finish, threads);
        _kernel = kernel;
        _output = output;
    }

    /// <summary>Computes the convolution.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="images">The input.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="finish">What is done on the way.</param>
    /// <param name="output">Is filled.</param>
    /// <param name="threads">How many threads may work on it.</param>
    public static void Run(WinogradShape shape, float* images, float* kernel, ConvolutionFinish finish, float* output, int threads) =>
        new WinogradConvolution(shape, kernel, false, finish, output, threads).Run(images);

    /// <summary>Computes the gradient of a convolution with respect to its input.</summary>
    /// <param name="shape">The extents of the convolution itself.</param>
    /// <param name="gradient">That of its output.</param>
    /// <param name="kernel">Its kernel.</param>
    /// <param name="output">Is filled with that of its input.</param>
    /// <param name="threads">How many threads may work on it.</param>
    public static void RunGradient(WinogradShape shape, float* gradient, float* kernel, float* output, int threads) =>
        new WinogradConvolution(shape.Turned(), kernel, true, default, output, threads).Run(gradient);

    private void Run(float* images)
    {
        var fitting = BlockBytes / (Points * _shape.Channels * sizeof(float));
        var block = BlockMemory.Padded((int)Math.Min(Math.Max(fitting, LeastTiles), _shape.Tiles));
        using var windows = new WinogradWindows(_shape, block, _shape.Channels, _threads);
        for (var first = 0; first < _shape.Tiles; first += block)
        {
            var count = Math.Min(block, _shape.Tiles - first);
            windows.Fill(images, first, count);
            MultiplyAll(windows, first, count);
        }
    }

    private void MultiplyAll(WinogradWindows windows, int first, int count)
    {
        var panels = _shape.Filters / BlockProduct.Columns;
        var most = (int)Math.Clamp(KernelBytes / (Points * WinogradKernels.Stride(_shape.Channels) * sizeof(float)), 1, MostPanels);
        var size = Math.Clamp((panels + _threads - 1) / _threads, 1, most);
        TorchThreads.Run((panels + size - 1) / size, part =>
        {
            var panel = part * size;
            Multiply(windows, first, count, panel * BlockProduct.Columns, Math.Min(size, panels - panel));
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(WinogradWindows windows, int first, int count, int filter, int panels)
    {
        var (channels, columns) = (_shape.Channels, panels * BlockProduct.Columns);
        var (slab, stride) = (WinogradKernels.Stride(channels), (BlockMemory.Padded(count) * columns) + BlockMemory.Skew);
        var kernels = Scratch.Allocate((long)panels * Points * slab);
        var products = Scratch.Allocate((long)Points * stride);
        for (var p = 0; p < panels; p++) TransformKernels(filter + (p * BlockProduct.Columns), kernels + ((long)p * Points * slab));
        for (var point = 0; point < Points; point++)
        {
            for (var p = 0; p < panels; p++)
            {
                var (left, right) = ((nint)(windows.First + ((long)point * windows.Stride)), (nint)(kernels + ((((long)p * Points) + point) * slab)));
                var to = products + ((long)point * stride) + (p * BlockProduct.Columns);
                for (var tile = 0; tile < count; tile += BlockProduct.Rows)
                {
                    BlockProduct.Multiply((float*)left + ((long)tile * channels), channels, 1, (float*)right, to + ((long)tile * columns), columns, channels);
                }
            }
        }
        for (var tile = 0; tile < count; tile++) StoreTile(products + ((long)tile * columns), stride, first + tile, filter, columns);
        Scratch.Free(kernels);
        Scratch.Free(products);
    }

    private void TransformKernels(int filter, float* to)
    {
        if (_turned) WinogradKernels.TransformTurned(_kernel, _shape.Channels, _shape.Filters, filter, to);
        else WinogradKernels.Transform(_kernel, _shape.Channels, _finish.Scale, filter, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreTile(float* products, int stride, int tile, int filter, int columns)
    {
        const int Tile = WinogradTransforms.Tile;
        var (image, row, column) = _shape.At(tile);
        var (rows, width) = (Math.Min(Tile, _shape.OutHeight - row), Math.Min(Tile, _shape.OutWidth - column));
        var at = ((((((long)image * _shape.OutHeight) + row) * _shape.OutWidth) + column) * _shape.Filters) + filter;
        var values = stackalloc float[Tile * Tile * Vector256<float>.Count];
        for (var c = 0; c < columns; c += Vector256<float>.Count)
        {
            WinogradTransforms.Output(products + c, stride, values);
            var shift = _finish.Bias is null ? Vector256<float>.Zero : Vector256.Load(_finish.Bias + filter + c);
            // In this order what is not a number stays so, as in torch.
            var floor = Vector256.Create(_finish.Rectifies ? 0 : float.NegativeInfinity);
            for (var i = 0; i < rows; i++)
            {
                var line = at + ((long)i * _shape.OutWidth * _shape.Filters) + c;
                for (var j = 0; j < width; j++, line += _shape.Filters)
                {
                    var value = Vector256.Load(values + (((i * Tile) + j) * Vector256<float>.Count)) + shift;
                    if (_finish.Addend is not null) value += Vector256.Load(_finish.Addend + line);
                    Avx.Max(floor, value).Store(_output + line);
                }
            }
        }
    }
}
