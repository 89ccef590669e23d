using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepKeras.Layers;

/// <summary>Sixteen filters of a kernel in the points' space: for every point a matrix of channels by filters.</summary>
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
        var taps = stackalloc Vector256<float>[Taps * Width];
        var one = stackalloc Vector256<float>[Taps];
        for (var half = 0; half < BlockProduct.Columns; half += Width)
        {
            var factor = scale is null ? Vector256<float>.One : Vector256.Load(scale + filter + half);
            for (var c = 0; c < channels; c += Width)
            {
                for (var tap = 0; tap < Taps; tap++) BlockMemory.Transpose(kernel + ((((long)(filter + half) * Taps) + tap) * channels) + c, Taps * channels, taps + (tap * Width));
                for (var k = 0; k < Width; k++)
                {
                    for (var tap = 0; tap < Taps; tap++) one[tap] = taps[(tap * Width) + k] * factor;
                    WinogradTransforms.Kernel(one, to + ((c + k) * BlockProduct.Columns) + half, Stride(channels));
                }
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
        var one = stackalloc Vector256<float>[Taps];
        for (var c = 0; c < channels; c++)
        {
            for (var half = 0; half < BlockProduct.Columns; half += Width)
            {
                for (var tap = 0; tap < Taps; tap++) one[tap] = Vector256.Load(kernel + ((((long)c * Taps) + (Taps - 1 - tap)) * filters) + filter + half);
                WinogradTransforms.Kernel(one, to + (c * BlockProduct.Columns) + half, Stride(channels));
            }
        }
    }
}
