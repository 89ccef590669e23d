using System.Runtime.Intrinsics;

namespace DeepKeras.Layers;

/// <summary>The windows of a block of tiles in the points' space: for every point a matrix of tiles by channels.</summary>
internal sealed unsafe class WinogradWindows : IDisposable
{
    private readonly WinogradShape _shape;
    private readonly int _threads;

    /// <param name="shape">The extents.</param>
    /// <param name="block">How many tiles a block has at most.</param>
    /// <param name="threads">How many threads may work on it.</param>
    public WinogradWindows(WinogradShape shape, int block, int threads)
    {
        (_shape, _threads) = (shape, threads);
        Stride = (WinogradMemory.Padded(block) * shape.Channels) + WinogradMemory.Skew;
        First = WinogradMemory.Allocate((long)WinogradTransforms.Points * Stride);
    }

    /// <summary>The matrix of point 0.</summary>
    public float* First { get; }

    /// <summary>Numbers from one point's matrix to the next.</summary>
    public int Stride { get; }

    /// <summary>Fills the matrices; rows up to a multiple of six are zeros.</summary>
    /// <param name="images">The input.</param>
    /// <param name="first">The first tile.</param>
    /// <param name="count">How many tiles.</param>
    public void Fill(float* images, int first, int count)
    {
        var share = (count + _threads - 1) / _threads;
        WinogradMemory.InParallel(_threads, _threads, part =>
        {
            var border = WinogradMemory.Allocate((long)WinogradTransforms.Points * _shape.Channels);
            for (var tile = part * share; tile < Math.Min((part + 1) * share, count); tile++) TransformWindow(images, first + tile, First + ((long)tile * _shape.Channels), border);
            WinogradMemory.Free(border);
        });
        var rest = (WinogradMemory.Padded(count) - count) * _shape.Channels;
        for (var point = 0; point < WinogradTransforms.Points; point++) new Span<float>(First + ((long)point * Stride) + ((long)count * _shape.Channels), rest).Clear();
    }

    public void Dispose() => WinogradMemory.Free(First);

    private void TransformWindow(float* images, int tile, float* to, float* border)
    {
        const int Window = WinogradTransforms.Window;
        var (image, row, column) = _shape.At(tile);
        var (top, left, channels) = (row - _shape.Top, column - _shape.Left, _shape.Channels);
        var rows = stackalloc float*[Window];
        var from = images + ((((long)image * _shape.Height) + top) * _shape.Width + left) * channels;
        if (top >= 0 && left >= 0 && top + Window <= _shape.Height && left + Window <= _shape.Width)
        {
            for (var i = 0; i < Window; i++) rows[i] = from + ((long)i * _shape.Width * channels);
        }
        else
        {
            new Span<float>(border, WinogradTransforms.Points * channels).Clear();
            var (start, end) = (Math.Max(0, -left), Math.Min(Window, _shape.Width - left));
            for (var i = 0; i < Window; i++)
            {
                rows[i] = border + (i * Window * channels);
                if (top + i < 0 || top + i >= _shape.Height || end <= start) continue;
                new Span<float>(from + ((((long)i * _shape.Width) + start) * channels), (end - start) * channels).CopyTo(new Span<float>(rows[i] + (start * channels), (end - start) * channels));
            }
        }
        for (var c = 0; c < channels; c += Vector256<float>.Count)
        {
            WinogradTransforms.Input(rows, channels, to + c, Stride);
            for (var i = 0; i < Window; i++) rows[i] += Vector256<float>.Count;
        }
    }
}
