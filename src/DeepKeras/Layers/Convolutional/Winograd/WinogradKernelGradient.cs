using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepKeras.Threading;

namespace DeepKeras.Layers;

/// <summary>The gradient of a 3×3 convolution with respect to its kernel by Winograd's algorithm: every step of <see cref="WinogradConvolution"/> the other way round.</summary>
[SkipLocalsInit]
internal sealed unsafe class WinogradKernelGradient
{
    private const long BlockBytes = 8L << 20;
    private const int LeastTiles = 96;

    // So many channels at a time, because the sums of all 36 points take four times the memory of a kernel.
    private const int MostChannels = 128;
    private const int Points = WinogradTransforms.Points;
    private const int Width = 8;
    private readonly WinogradShape _shape;
    private readonly int _channels;
    private readonly int _threads;
    private readonly int _sumStride;
    private readonly int _gradientStride;
    private readonly int _block;
    private readonly float* _sums;
    private readonly float* _gradients;

    private WinogradKernelGradient(WinogradShape shape, int channels, int threads)
    {
        (_shape, _channels, _threads) = (shape, channels, threads);
        var fitting = BlockBytes / (Points * (channels + shape.Filters) * sizeof(float));
        _block = (int)Math.Min(Math.Max(fitting, LeastTiles), shape.Tiles);
        _sumStride = (BlockMemory.Padded(shape.Filters) * channels) + BlockMemory.Skew;
        _gradientStride = (_block * shape.Filters) + BlockMemory.Skew;
        _sums = Scratch.Allocate((long)Points * _sumStride);
        _gradients = Scratch.Allocate((long)Points * _gradientStride);
    }

    /// <summary>Computes the gradient.</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="images">The input.</param>
    /// <param name="gradient">That of the output.</param>
    /// <param name="output">Is filled with that of the kernel.</param>
    /// <param name="threads">How many threads may work on it.</param>
    public static void Run(WinogradShape shape, float* images, float* gradient, float* output, int threads)
    {
        for (var first = 0; first < shape.Channels; first += MostChannels)
        {
            new WinogradKernelGradient(shape, Math.Min(MostChannels, shape.Channels - first), threads).Run(images + first, gradient, output + first);
        }
    }

    private void Run(float* images, float* gradient, float* output)
    {
        using var windows = new WinogradWindows(_shape, _block, _channels, _threads);
        for (var first = 0; first < _shape.Tiles; first += _block)
        {
            var count = Math.Min(_block, _shape.Tiles - first);
            windows.Fill(images, first, count);
            Transform(gradient, first, count);
            TorchThreads.Run(Points, point => Multiply(windows, point, count, first > 0));
        }
        TorchThreads.Run(_shape.Filters / Width, part => Store(part * Width, output));
        Scratch.Free(_sums);
        Scratch.Free(_gradients);
    }

    private void Transform(float* gradient, int first, int count)
    {
        var share = (count + _threads - 1) / _threads;
        TorchThreads.Run(_threads, part =>
        {
            for (var tile = part * share; tile < Math.Min((part + 1) * share, count); tile++) TransformTile(gradient, first + tile, _gradients + ((long)tile * _shape.Filters));
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TransformTile(float* gradient, int tile, float* to)
    {
        const int Tile = WinogradTransforms.Tile;
        var (image, row, column) = _shape.At(tile);
        var from = gradient + (((((long)image * _shape.OutHeight) + row) * _shape.OutWidth) + column) * _shape.Filters;
        var values = stackalloc float[Tile * Tile * Width];
        new Span<float>(values, Tile * Tile * Width).Clear();
        var (rows, width) = (Math.Min(Tile, _shape.OutHeight - row), Math.Min(Tile, _shape.OutWidth - column));
        for (var k = 0; k < _shape.Filters; k += Width)
        {
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < width; j++) Vector256.Load(from + ((((long)i * _shape.OutWidth) + j) * _shape.Filters) + k).Store(values + (((i * Tile) + j) * Width));
            }
            WinogradTransforms.OutputGradient(values, to + k, _gradientStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(WinogradWindows windows, int point, int count, bool adds)
    {
        var (channels, filters) = (_channels, _shape.Filters);
        var panel = Scratch.Allocate((long)count * BlockProduct.Columns);
        for (var c = 0; c < channels; c += BlockProduct.Columns)
        {
            var from = windows.First + ((long)point * windows.Stride) + c;
            for (var tile = 0; tile < count; tile++, from += channels)
            {
                Vector256.Load(from).Store(panel + (tile * BlockProduct.Columns));
                Vector256.Load(from + Width).Store(panel + (tile * BlockProduct.Columns) + Width);
            }
            var sums = _sums + ((long)point * _sumStride) + c;
            for (var k = 0; k < filters; k += BlockProduct.Rows)
            {
                BlockProduct.Multiply(_gradients + ((long)point * _gradientStride) + k, 1, filters, panel, sums + ((long)k * channels), channels, count, addend: adds ? sums + ((long)k * channels) : null);
            }
        }
        Scratch.Free(panel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store(int filter, float* output)
    {
        for (var k = filter; k < filter + Width; k++)
        {
            for (var c = 0; c < _channels; c += Width) WinogradTransforms.KernelGradient(_sums + ((long)k * _channels) + c, _sumStride, output + ((long)k * 9 * _shape.Channels) + c, _shape.Channels);
        }
    }
}
