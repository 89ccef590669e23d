using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepKeras.Layers;

/// <summary>
/// The three transforms of Winograd's convolution F(4×4, 3×3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016), for eight channels at once.
/// The polynomials are taken at 0, ±3/4, ±3/2 and ∞: their squares are exact in binary, and the errors a third of those of the usual 0, ±1, ±2, ∞.
/// </summary>
[SkipLocalsInit]
internal static unsafe class WinogradTransforms
{
    /// <summary>Rows and columns of a tile of the output.</summary>
    public const int Tile = 4;

    /// <summary>Rows and columns of the input that such a tile needs.</summary>
    public const int Window = 6;

    /// <summary>Products per tile, channel and filter; the plain convolution has 144.</summary>
    public const int Points = Window * Window;

    private const float A = 0.75f;
    private const float B = 1.5f;
    private const float A2 = A * A;
    private const float B2 = B * B;
    private const float AtZero = A2 * B2;
    private const float AtA = 2 * A2 * (A2 - B2);
    private const float AtB = 2 * B2 * (B2 - A2);

    private const int Width = 8;

    /// <summary>Input windows into the points' space.</summary>
    /// <param name="rows">Where each of the six rows begins.</param>
    /// <param name="step">Numbers from one pixel of a row to the next.</param>
    /// <param name="to">The result of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float** rows, nint step, float* to, nint stride)
    {
        var half = stackalloc float[Points * Width];
        for (var i = 0; i < Window; i++) Spread(rows[i], step, half + (i * Window * Width), Width);
        for (var j = 0; j < Window; j++) Spread(half + (j * Width), Window * Width, to + (j * stride), Window * stride);
    }

    /// <summary>Kernels of eight filters into the points' space.</summary>
    /// <param name="from">The first of nine taps.</param>
    /// <param name="step">Numbers from one tap to the next.</param>
    /// <param name="to">The result of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernel(float* from, nint step, float* to, nint stride)
    {
        var half = stackalloc float[3 * Window * Width];
        for (var j = 0; j < 3; j++) Evaluate(from + (j * step), 3 * step, half + (j * Width), 3 * Width);
        for (var i = 0; i < Window; i++) Evaluate(half + (3 * i * Width), Width, to + (i * Window * stride), stride);
    }

    /// <summary>Products back to a tile of the output.</summary>
    /// <param name="from">The product of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    /// <param name="tile">Sixteen vectors, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* from, nint stride, float* tile)
    {
        var half = stackalloc float[Window * Tile * Width];
        for (var i = 0; i < Window; i++) Gather(from + (i * Window * stride), stride, half + (i * Tile * Width), Width);
        for (var j = 0; j < Tile; j++) Gather(half + (j * Width), Tile * Width, tile + (j * Width), Tile * Width);
    }

    /// <summary>The gradient of <see cref="Output"/>: a tile of the output's gradient into the points' space.</summary>
    /// <param name="tile">Sixteen vectors, row by row.</param>
    /// <param name="to">The result of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(float* tile, float* to, nint stride)
    {
        var half = stackalloc float[Window * Tile * Width];
        for (var j = 0; j < Tile; j++) Scatter(tile + (j * Width), Tile * Width, half + (j * Width), Tile * Width);
        for (var i = 0; i < Window; i++) Scatter(half + (i * Tile * Width), Width, to + (i * Window * stride), stride);
    }

    /// <summary>The gradient of <see cref="Kernel"/>: sums of products back to the nine taps of a kernel.</summary>
    /// <param name="from">The sum of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    /// <param name="to">The first of nine taps.</param>
    /// <param name="step">Numbers from one tap to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KernelGradient(float* from, nint stride, float* to, nint step)
    {
        var half = stackalloc float[Window * 3 * Width];
        for (var i = 0; i < Window; i++) Collect(from + (i * Window * stride), stride, half + (i * 3 * Width), Width);
        for (var j = 0; j < 3; j++) Collect(half + (j * Width), 3 * Width, to + (j * step), 3 * step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(float* from, nint stride, float* to, nint step)
    {
        var (d0, d1, d2, d3, d4, d5) = (Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + (2 * stride)), Vector256.Load(from + (3 * stride)), Vector256.Load(from + (4 * stride)), Vector256.Load(from + (5 * stride)));
        var (a, b, a2, b2, zero, sum) = (Vector256.Create(A), Vector256.Create(B), Vector256.Create(-A2), Vector256.Create(-B2), Vector256.Create(AtZero), Vector256.Create(-(A2 + B2)));
        var evenA = Vector256.FusedMultiplyAdd(b2, d2, d4);
        var oddA = Vector256.FusedMultiplyAdd(b2, d1, d3);
        var evenB = Vector256.FusedMultiplyAdd(a2, d2, d4);
        var oddB = Vector256.FusedMultiplyAdd(a2, d1, d3);
        Vector256.FusedMultiplyAdd(zero, d0, Vector256.FusedMultiplyAdd(sum, d2, d4)).Store(to);
        Vector256.FusedMultiplyAdd(a, oddA, evenA).Store(to + step);
        Vector256.FusedMultiplyAdd(-a, oddA, evenA).Store(to + (2 * step));
        Vector256.FusedMultiplyAdd(b, oddB, evenB).Store(to + (3 * step));
        Vector256.FusedMultiplyAdd(-b, oddB, evenB).Store(to + (4 * step));
        Vector256.FusedMultiplyAdd(zero, d1, Vector256.FusedMultiplyAdd(sum, d3, d5)).Store(to + (5 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate(float* from, nint stride, float* to, nint step)
    {
        var (g0, g1, g2) = (Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + (2 * stride)));
        var evenA = Vector256.FusedMultiplyAdd(Vector256.Create(A2 / AtA), g2, g0 * Vector256.Create(1 / AtA));
        var evenB = Vector256.FusedMultiplyAdd(Vector256.Create(B2 / AtB), g2, g0 * Vector256.Create(1 / AtB));
        (g0 * Vector256.Create(1 / AtZero)).Store(to);
        Vector256.FusedMultiplyAdd(Vector256.Create(A / AtA), g1, evenA).Store(to + step);
        Vector256.FusedMultiplyAdd(Vector256.Create(-A / AtA), g1, evenA).Store(to + (2 * step));
        Vector256.FusedMultiplyAdd(Vector256.Create(B / AtB), g1, evenB).Store(to + (3 * step));
        Vector256.FusedMultiplyAdd(Vector256.Create(-B / AtB), g1, evenB).Store(to + (4 * step));
        g2.Store(to + (5 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(float* from, nint stride, float* to, nint step)
    {
        var (m0, m1, m2, m3, m4, m5) = (Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + (2 * stride)), Vector256.Load(from + (3 * stride)), Vector256.Load(from + (4 * stride)), Vector256.Load(from + (5 * stride)));
        var (evenA, oddA, evenB, oddB) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
        (m0 + evenA + evenB).Store(to);
        Vector256.FusedMultiplyAdd(Vector256.Create(A), oddA, oddB * Vector256.Create(B)).Store(to + step);
        Vector256.FusedMultiplyAdd(Vector256.Create(A2), evenA, evenB * Vector256.Create(B2)).Store(to + (2 * step));
        Vector256.FusedMultiplyAdd(Vector256.Create(A2 * A), oddA, Vector256.FusedMultiplyAdd(Vector256.Create(B2 * B), oddB, m5)).Store(to + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(float* from, nint stride, float* to, nint step)
    {
        var (y0, y1, y2, y3) = (Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + (2 * stride)), Vector256.Load(from + (3 * stride)));
        var evenA = Vector256.FusedMultiplyAdd(Vector256.Create(A2), y2, y0);
        var oddA = Vector256.FusedMultiplyAdd(Vector256.Create(A2 * A), y3, y1 * Vector256.Create(A));
        var evenB = Vector256.FusedMultiplyAdd(Vector256.Create(B2), y2, y0);
        var oddB = Vector256.FusedMultiplyAdd(Vector256.Create(B2 * B), y3, y1 * Vector256.Create(B));
        y0.Store(to);
        (evenA + oddA).Store(to + step);
        (evenA - oddA).Store(to + (2 * step));
        (evenB + oddB).Store(to + (3 * step));
        (evenB - oddB).Store(to + (4 * step));
        y3.Store(to + (5 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Collect(float* from, nint stride, float* to, nint step)
    {
        var (p0, p1, p2, p3, p4, p5) = (Vector256.Load(from), Vector256.Load(from + stride), Vector256.Load(from + (2 * stride)), Vector256.Load(from + (3 * stride)), Vector256.Load(from + (4 * stride)), Vector256.Load(from + (5 * stride)));
        var (evenA, oddA, evenB, oddB) = (p1 + p2, p1 - p2, p3 + p4, p3 - p4);
        Vector256.FusedMultiplyAdd(Vector256.Create(1 / AtA), evenA, Vector256.FusedMultiplyAdd(Vector256.Create(1 / AtB), evenB, p0 * Vector256.Create(1 / AtZero))).Store(to);
        Vector256.FusedMultiplyAdd(Vector256.Create(A / AtA), oddA, oddB * Vector256.Create(B / AtB)).Store(to + step);
        Vector256.FusedMultiplyAdd(Vector256.Create(A2 / AtA), evenA, Vector256.FusedMultiplyAdd(Vector256.Create(B2 / AtB), evenB, p5)).Store(to + (2 * step));
    }
}
