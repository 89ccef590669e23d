using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepKeras.Layers;

/// <summary>
/// <see cref="Warp"/> on the CPU for float images in channels-last memory: all channels of a pixel at once, without a grid of coordinates and without a change of layout.
/// </summary>
internal static class WarpKernel
{
    private const int ParallelLength = 1 << 17;

    /// <summary>Whether the images are such that this can be used instead of torch.</summary>
    public static bool Takes(Tensor images) =>
        images.device_type == DeviceType.CPU && images.dtype == ScalarType.Float32 && !images.requires_grad && images.numel() is > 0 and <= int.MaxValue / sizeof(float) && images.permute(0, 2, 3, 1).is_contiguous();

    /// <summary>As <see cref="Warp.Apply"/>.</summary>
    public static unsafe Tensor Apply(Tensor images, Homography[] sources, ImageSampling sampling)
    {
        var input = images.permute(0, 2, 3, 1);
        var output = torch.empty(input.shape, ScalarType.Float32, torch.CPU);
        var (height, width, channels) = ((int)input.shape[1], (int)input.shape[2], (int)input.shape[3]);
        fixed (byte* from = input.bytes, to = output.bytes)
        {
            var (read, write) = ((nint)from, (nint)to);
            var threads = input.numel() < ParallelLength ? 1 : torch.get_num_threads();
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            if (threads == 1) for (var i = 0; i < sources.Length; i++) Image(i);
            else Parallel.For(0, sources.Length, options, Image);

            void Image(int i)
            {
                var size = height * width * channels;
                new Plane((float*)read + ((nint)i * size), (float*)write + ((nint)i * size), height, width, channels, sampling).Fill(sources[i]);
            }
        }
        return output.permute(0, 3, 1, 2);
    }

    /// <summary>One image.</summary>
    private readonly unsafe struct Plane(float* from, float* to, int height, int width, int channels, ImageSampling sampling)
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Fill(Homography source)
        {
            var target = to;
            var end = to + (height * width * channels);
            for (var row = 0; row < height; row++)
            {
                // Along a row the homogeneous coordinates grow by the same step.
                var (startX, startY, startW) = source.Map(0, row);
                for (var column = 0; column < width; column++, target += channels)
                {
                    var (x, y) = (startX + (source.A0 * column), startY + (source.B0 * column));
                    if (!source.IsAffine)
                    {
                        var w = 1 / (startW + (source.C0 * column));
                        (x, y) = (x * w, y * w);
                    }
                    if (sampling.IsNearest) Nearest(target, x, y);
                    else Bilinear(target, x, y, end);
                }
            }
        }

        private void Nearest(float* target, double x, double y)
        {
            var tap = Tap(Whole(Math.Floor(x + 0.5)), Whole(Math.Floor(y + 0.5)));
            for (var c = 0; c < channels; c++) target[c] = tap is null ? (float)sampling.FillValue : tap[c];
        }

        private void Bilinear(float* target, double x, double y, float* end)
        {
            var (left, top) = (Math.Floor(x), Math.Floor(y));
            var (fx, fy) = ((float)(x - left), (float)(y - top));
            var (column, row) = (Whole(left), Whole(top));
            float* a, b, c, d;
            if ((uint)column < (uint)(width - 1) && (uint)row < (uint)(height - 1))
            {
                a = from + (((row * width) + column) * channels);
                b = a + channels;
                c = a + (width * channels);
                d = c + channels;
                // Four floats hold the three channels and one of the next pixel, which is written over by its own turn.
                if (channels == 3 && target + 4 <= end && row < height - 2)
                {
                    var upper = Vector128.Load(a) + ((Vector128.Load(b) - Vector128.Load(a)) * fx);
                    var lower = Vector128.Load(c) + ((Vector128.Load(d) - Vector128.Load(c)) * fx);
                    (upper + ((lower - upper) * fy)).Store(target);
                    return;
                }
            }
            else
            {
                a = Tap(column, row);
                b = Tap(column + 1, row);
                c = Tap(column, row + 1);
                d = Tap(column + 1, row + 1);
            }
            for (var i = 0; i < channels; i++)
            {
                var upper = Value(a, i) + ((Value(b, i) - Value(a, i)) * fx);
                var lower = Value(c, i) + ((Value(d, i) - Value(c, i)) * fx);
                target[i] = upper + ((lower - upper) * fy);
            }
        }

        private float Value(float* tap, int channel) => tap is null ? (float)sampling.FillValue : tap[channel];

        /// <summary>The pixel that stands for a place; null for the value outside.</summary>
        private float* Tap(int column, int row)
        {
            if ((uint)column < (uint)width && (uint)row < (uint)height) return from + (((row * width) + column) * channels);
            if (sampling.Outside == FillMode.Constant) return null;
            return from + (((Inside(row, height) * width) + Inside(column, width)) * channels);
        }

        private int Inside(int index, int size) => sampling.Outside switch
        {
            FillMode.Nearest => Math.Clamp(index, 0, size - 1),
            FillMode.Wrap => Modulo(index, size),
            _ => Modulo(index, 2 * size) is var folded && folded < size ? folded : (2 * size) - 1 - folded,
        };

        private static int Modulo(int index, int size) => ((index % size) + size) % size;

        // Far away, and at the horizon of a perspective, numbers outgrow an int.
        private static int Whole(double value) => value is > -1e9 and < 1e9 ? (int)value : value > 0 ? 1_000_000_000 : -1_000_000_000;
    }
}
