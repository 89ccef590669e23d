using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepKeras.Layers;

/// <summary>Sixteen filters of a kernel in the points' space: for every point a matrix of channels by filters.</summary>
[SkipLocalsInit]
internal static unsafe class WinogradKernels
{
    private const int Width = 8;
    private const int Taps = 9;

    /// <summary>Numbers from one point's matrix to the next.</summary>
    public static int Stride(int channels) => (channels * BlockProduct.Columns) + BlockMemory.Skew;

    /// <summary>Those of the convolution itself.</summary>
    /// <param name="kernel">(filters, 3, 3, channels).</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="scale">A factor per filter, or null.</param>
    /// <param name="filter">The first filter.</param>
    /// <param name="to">The matrix of point 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform(float* kernel, int channels, float* scale, int filter, float* to)
    {
        // Whole lines of the cache are read and written at a time: distances are often such that the next line takes the place of this one.
        const int Both = 2 * Width;
        var taps = stackalloc float[Taps * Both * BlockProduct.Columns];
        var (low, high) = (Vector256<float>.One, Vector256<float>.One);
        if (scale is not null) (low, high) = (Vector256.Load(scale + filter), Vector256.Load(scale + filter + Width));
        for (var c = 0; c < channels; c += Both)
        {
            for (var tap = 0; tap < Taps; tap++)
            {
                var from = kernel + ((((long)filter * Taps) + tap) * channels) + c;
                var rows = taps + (tap * Both * BlockProduct.Columns);
                BlockMemory.Transpose(from, Taps * channels, low, rows, BlockProduct.Columns);
                BlockMemory.Transpose(from + Width, Taps * channels, low, rows + (Width * BlockProduct.Columns), BlockProduct.Columns);
                from += (long)Width * Taps * channels;
                BlockMemory.Transpose(from, Taps * channels, high, rows + Width, BlockProduct.Columns);
                BlockMemory.Transpose(from + Width, Taps * channels, high, rows + Width + (Width * BlockProduct.Columns), BlockProduct.Columns);
            }
            for (var k = 0; k < Both; k++)
            {
                // There are more streams of memory than a processor foresees.
                for (var tap = 0; tap < Taps; tap++) Sse.Prefetch1(kernel + ((((long)(filter + k) * Taps) + tap) * channels) + c + Both);
                var (from, at) = ((nint)(taps + (k * BlockProduct.Columns)), (nint)(to + ((c + k) * BlockProduct.Columns)));
                for (var half = 0; half < BlockProduct.Columns; half += Width) WinogradTransforms.Kernel((float*)from + half, Both * BlockProduct.Columns, (float*)at + half, Stride(channels));
            }
        }
    }

    /// <summary>Those of the convolution that takes the output's gradient to the input's: turned by half, with filters and channels exchanged.</summary>
    /// <param name="kernel">(channels, 3, 3, filters), as seen from that convolution.</param>
    /// <param name="channels">How many channels it has.</param>
    /// <param name="filters">How many filters it has.</param>
    /// <param name="filter">The first filter.</param>
    /// <param name="to">The matrix of point 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformTurned(float* kernel, int channels, int filters, int filter, float* to)
    {
        for (var c = 0; c < channels; c++)
        {
            var from = kernel + ((((long)c * Taps) + Taps - 1) * filters) + filter;
            for (var half = 0; half < BlockProduct.Columns; half += Width) WinogradTransforms.Kernel(from + half, -filters, to + (c * BlockProduct.Columns) + half, Stride(channels));
        }
    }
}
