using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepKeras.Threading;

namespace DeepKeras.Layers;

/// <summary>The windows of a block of tiles in the points' space: for every point a matrix of tiles by channels.</summary>
[SkipLocalsInit]
internal sealed unsafe class WinogradWindows : IDisposable
{
    private readonly WinogradShape _shape;
    private readonly int _channels;
    private readonly int _threads;

    /// <param name="shape">The extents.</param>
    /// <param name="block">How many tiles a block has at most.</param>
    /// <param name="channels">How many of the channels the matrices are for.</param>
    /// <param name="threads">How many threads may work on it.</param>
    public WinogradWindows(WinogradShape shape, int block, int channels, int threads)
    {
        (_shape, _channels, _threads) = (shape, channels, threads);
        Stride = (BlockMemory.Padded(block) * channels) + BlockMemory.Skew;
        First = Scratch.Allocate((long)WinogradTransforms.Points * Stride);
    }

    /// <summary>The matrix of point 0.</summary>
    public float* First { get; }

    /// <summary>Numbers from one point's matrix to the next.</summary>
    public int Stride { get; }

    /// <summary>Fills the matrices; rows up to a multiple of six are zeros.</summary>
    /// <param name="images">The input, from the first channel of the matrices on.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many tiles.</param>
    public void Fill(float* images, int first, int count)
    {
        var share = (count + _threads - 1) / _threads;
        TorchThreads.Run(_threads, part =>
        {
            var border = Scratch.Allocate((long)WinogradTransforms.Points * _channels);
            for (var tile = part * share; tile < Math.Min((part + 1) * share, count); tile++) Transform(images, first + tile, First + ((long)tile * _channels), border);
            Scratch.Free(border);
        });
        var rest = (BlockMemory.Padded(count) - count) * _channels;
        for (var point = 0; point < WinogradTransforms.Points; point++) new Span<float>(First + ((long)point * Stride) + ((long)count * _channels), rest).Clear();
    }

    public void Dispose() => Scratch.Free(First);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transform(float* images, int tile, float* to, float* border)
    {
        const int Window = WinogradTransforms.Window;
        var (image, row, column) = _shape.At(tile);
        var (top, left) = (row - _shape.Top, column - _shape.Left);
        var rows = stackalloc float*[Window];
        var from = images + ((((((long)image * _shape.Height) + top) * _shape.Width) + left) * _shape.Channels);
        var isInside = top >= 0 && left >= 0 && top + Window <= _shape.Height && left + Window <= _shape.Width;
        if (!isInside) Copy(from, top, left, border);
        for (var i = 0; i < Window; i++) rows[i] = isInside ? from + ((long)i * _shape.Width * _shape.Channels) : border + (i * Window * _channels);
        for (var c = 0; c < _channels; c += Vector256<float>.Count)
        {
            WinogradTransforms.Input(rows, isInside ? _shape.Channels : _channels, to + c, Stride);
            for (var i = 0; i < Window; i++) rows[i] += Vector256<float>.Count;
        }
    }

    /// <summary>A window that is partly outside of the image, with zeros there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(float* from, int top, int left, float* to)
    {
        const int Window = WinogradTransforms.Window;
        new Span<float>(to, WinogradTransforms.Points * _channels).Clear();
        for (var i = Math.Max(0, -top); i < Math.Min(Window, _shape.Height - top); i++)
        {
            for (var j = Math.Max(0, -left); j < Math.Min(Window, _shape.Width - left); j++)
            {
                new Span<float>(from + ((((long)i * _shape.Width) + j) * _shape.Channels), _channels).CopyTo(new Span<float>(to + (((i * Window) + j) * _channels), _channels));
            }
        }
    }
}
