using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepKeras.Layers;

/// <summary>
/// The three transforms of Winograd's convolution F(4×4, 3×3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016), for eight channels at once.
/// The polynomials are taken at 0, ±3/4, ±3/2 and ∞: their squares are exact in binary, and the errors a third of those of the usual 0, ±1, ±2, ∞.
/// </summary>
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

    /// <summary>Input windows into the points' space.</summary>
    /// <param name="rows">Where each of the six rows begins.</param>
    /// <param name="step">Numbers from one pixel of a row to the next.</param>
    /// <param name="to">The result of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float** rows, nint step, float* to, nint stride)
    {
        var half = stackalloc Vector256<float>[Points];
        for (var i = 0; i < Window; i++)
        {
            var row = rows[i];
            Spread(
                Vector256.Load(row), Vector256.Load(row + step), Vector256.Load(row + (2 * step)), Vector256.Load(row + (3 * step)), Vector256.Load(row + (4 * step)), Vector256.Load(row + (5 * step)),
                half + (i * Window), 1);
        }
        var whole = stackalloc Vector256<float>[Window];
        for (var j = 0; j < Window; j++)
        {
            Spread(half[j], half[j + Window], half[j + (2 * Window)], half[j + (3 * Window)], half[j + (4 * Window)], half[j + (5 * Window)], whole, 1);
            for (var i = 0; i < Window; i++) whole[i].Store(to + (((i * Window) + j) * stride));
        }
    }

    /// <summary>Kernels of eight filters into the points' space.</summary>
    /// <param name="kernels">Nine vectors, row by row.</param>
    /// <param name="to">The result of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Kernel(Vector256<float>* kernels, float* to, nint stride)
    {
        var half = stackalloc Vector256<float>[3 * Window];
        for (var j = 0; j < 3; j++) Evaluate(kernels[j], kernels[j + 3], kernels[j + 6], half + j, 3);
        var whole = stackalloc Vector256<float>[Window];
        for (var i = 0; i < Window; i++)
        {
            Evaluate(half[3 * i], half[(3 * i) + 1], half[(3 * i) + 2], whole, 1);
            for (var j = 0; j < Window; j++) whole[j].Store(to + (((i * Window) + j) * stride));
        }
    }

    /// <summary>Products back to a tile of the output.</summary>
    /// <param name="from">The product of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    /// <param name="tile">Sixteen vectors, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* from, nint stride, Vector256<float>* tile)
    {
        var half = stackalloc Vector256<float>[Window * Tile];
        for (var i = 0; i < Window; i++)
        {
            var row = from + (i * Window * stride);
            Gather(
                Vector256.Load(row), Vector256.Load(row + stride), Vector256.Load(row + (2 * stride)), Vector256.Load(row + (3 * stride)), Vector256.Load(row + (4 * stride)), Vector256.Load(row + (5 * stride)),
                half + (i * Tile), 1);
        }
        for (var j = 0; j < Tile; j++)
        {
            Gather(half[j], half[j + Tile], half[j + (2 * Tile)], half[j + (3 * Tile)], half[j + (4 * Tile)], half[j + (5 * Tile)], tile + j, Tile);
        }
    }

    /// <summary>The gradient of <see cref="Output"/>: a tile of the output's gradient into the points' space.</summary>
    /// <param name="tile">Sixteen vectors, row by row.</param>
    /// <param name="to">The result of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(Vector256<float>* tile, float* to, nint stride)
    {
        var half = stackalloc Vector256<float>[Window * Tile];
        for (var j = 0; j < Tile; j++) Scatter(tile[j], tile[j + Tile], tile[j + (2 * Tile)], tile[j + (3 * Tile)], half + j, Tile);
        var whole = stackalloc Vector256<float>[Window];
        for (var i = 0; i < Window; i++)
        {
            Scatter(half[i * Tile], half[(i * Tile) + 1], half[(i * Tile) + 2], half[(i * Tile) + 3], whole, 1);
            for (var j = 0; j < Window; j++) whole[j].Store(to + (((i * Window) + j) * stride));
        }
    }

    /// <summary>The gradient of <see cref="Kernel"/>: sums of products back to the nine taps of a kernel.</summary>
    /// <param name="from">The sum of point 0.</param>
    /// <param name="stride">Numbers from one point to the next.</param>
    /// <param name="kernels">Nine vectors, row by row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KernelGradient(float* from, nint stride, Vector256<float>* kernels)
    {
        var half = stackalloc Vector256<float>[Window * 3];
        for (var i = 0; i < Window; i++)
        {
            var row = from + (i * Window * stride);
            Collect(
                Vector256.Load(row), Vector256.Load(row + stride), Vector256.Load(row + (2 * stride)), Vector256.Load(row + (3 * stride)), Vector256.Load(row + (4 * stride)), Vector256.Load(row + (5 * stride)),
                half + (i * 3), 1);
        }
        for (var j = 0; j < 3; j++) Collect(half[j], half[j + 3], half[j + 6], half[j + 9], half[j + 12], half[j + 15], kernels + j, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(Vector256<float> d0, Vector256<float> d1, Vector256<float> d2, Vector256<float> d3, Vector256<float> d4, Vector256<float> d5, Vector256<float>* to, int step)
    {
        var (a, b, a2, b2, zero, sum) = (Vector256.Create(A), Vector256.Create(B), Vector256.Create(-A2), Vector256.Create(-B2), Vector256.Create(AtZero), Vector256.Create(-(A2 + B2)));
        var evenA = Vector256.FusedMultiplyAdd(b2, d2, d4);
        var oddA = Vector256.FusedMultiplyAdd(b2, d1, d3);
        var evenB = Vector256.FusedMultiplyAdd(a2, d2, d4);
        var oddB = Vector256.FusedMultiplyAdd(a2, d1, d3);
        to[0] = Vector256.FusedMultiplyAdd(zero, d0, Vector256.FusedMultiplyAdd(sum, d2, d4));
        to[step] = Vector256.FusedMultiplyAdd(a, oddA, evenA);
        to[2 * step] = Vector256.FusedMultiplyAdd(-a, oddA, evenA);
        to[3 * step] = Vector256.FusedMultiplyAdd(b, oddB, evenB);
        to[4 * step] = Vector256.FusedMultiplyAdd(-b, oddB, evenB);
        to[5 * step] = Vector256.FusedMultiplyAdd(zero, d1, Vector256.FusedMultiplyAdd(sum, d3, d5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Evaluate(Vector256<float> g0, Vector256<float> g1, Vector256<float> g2, Vector256<float>* to, int step)
    {
        var evenA = Vector256.FusedMultiplyAdd(Vector256.Create(A2 / AtA), g2, g0 * Vector256.Create(1 / AtA));
        var evenB = Vector256.FusedMultiplyAdd(Vector256.Create(B2 / AtB), g2, g0 * Vector256.Create(1 / AtB));
        to[0] = g0 * Vector256.Create(1 / AtZero);
        to[step] = Vector256.FusedMultiplyAdd(Vector256.Create(A / AtA), g1, evenA);
        to[2 * step] = Vector256.FusedMultiplyAdd(Vector256.Create(-A / AtA), g1, evenA);
        to[3 * step] = Vector256.FusedMultiplyAdd(Vector256.Create(B / AtB), g1, evenB);
        to[4 * step] = Vector256.FusedMultiplyAdd(Vector256.Create(-B / AtB), g1, evenB);
        to[5 * step] = g2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(Vector256<float> m0, Vector256<float> m1, Vector256<float> m2, Vector256<float> m3, Vector256<float> m4, Vector256<float> m5, Vector256<float>* to, int step)
    {
        var (evenA, oddA, evenB, oddB) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
        to[0] = m0 + evenA + evenB;
        to[step] = Vector256.FusedMultiplyAdd(Vector256.Create(A), oddA, oddB * Vector256.Create(B));
        to[2 * step] = Vector256.FusedMultiplyAdd(Vector256.Create(A2), evenA, evenB * Vector256.Create(B2));
        to[3 * step] = Vector256.FusedMultiplyAdd(Vector256.Create(A2 * A), oddA, Vector256.FusedMultiplyAdd(Vector256.Create(B2 * B), oddB, m5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(Vector256<float> y0, Vector256<float> y1, Vector256<float> y2, Vector256<float> y3, Vector256<float>* to, int step)
    {
        var evenA = Vector256.FusedMultiplyAdd(Vector256.Create(A2), y2, y0);
        var oddA = Vector256.FusedMultiplyAdd(Vector256.Create(A2 * A), y3, y1 * Vector256.Create(A));
        var evenB = Vector256.FusedMultiplyAdd(Vector256.Create(B2), y2, y0);
        var oddB = Vector256.FusedMultiplyAdd(Vector256.Create(B2 * B), y3, y1 * Vector256.Create(B));
        to[0] = y0;
        to[step] = evenA + oddA;
        to[2 * step] = evenA - oddA;
        to[3 * step] = evenB + oddB;
        to[4 * step] = evenB - oddB;
        to[5 * step] = y3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Collect(Vector256<float> p0, Vector256<float> p1, Vector256<float> p2, Vector256<float> p3, Vector256<float> p4, Vector256<float> p5, Vector256<float>* to, int step)
    {
        var (evenA, oddA, evenB, oddB) = (p1 + p2, p1 - p2, p3 + p4, p3 - p4);
        to[0] = Vector256.FusedMultiplyAdd(Vector256.Create(1 / AtA), evenA, Vector256.FusedMultiplyAdd(Vector256.Create(1 / AtB), evenB, p0 * Vector256.Create(1 / AtZero)));
        to[step] = Vector256.FusedMultiplyAdd(Vector256.Create(A / AtA), oddA, oddB * Vector256.Create(B / AtB));
        to[2 * step] = Vector256.FusedMultiplyAdd(Vector256.Create(A2 / AtA), evenA, Vector256.FusedMultiplyAdd(Vector256.Create(B2 / AtB), evenB, p5));
    }
}
