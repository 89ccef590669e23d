using System.Runtime.Intrinsics;

namespace DeepKeras.Vision.Resampling;

/// <summary>The same as <see cref="ByteResampler"/> for float32.</summary>
internal static unsafe class FloatResampler
{
    public static void Resize(float* source, int stride, int width, int channels, float* target, int toWidth, Taps rows, Taps columns)
    {
        var length = width * channels;
        // Pixels are read four numbers at a time.
        var blended = new float[length + 4];
        fixed (float* row = blended, downWeights = rows.Weights, acrossWeights = columns.Weights)
        {
            for (var y = 0; y < rows.Starts.Length; y++, target += toWidth * channels)
            {
                BlendRows(source + ((long)rows.Starts[y] * stride), stride, length, downWeights + (y * rows.Count), rows.Count, row);
                for (var x = 0; x < toWidth; x++) BlendPixel(row + (columns.Starts[x] * channels), channels, acrossWeights + (x * columns.Count), columns.Count, target + (x * channels));
            }
        }
    }

    private static void BlendRows(float* source, int stride, int length, float* weights, int count, float* row)
    {
        var x = 0;
        for (; x <= length - 8; x += 8)
        {
            var sum = Vector256<float>.Zero;
            for (var k = 0; k < count; k++) sum += Vector256.Load(source + ((long)k * stride) + x) * weights[k];
            sum.Store(row + x);
        }
        for (; x < length; x++)
        {
            var sum = 0f;
            for (var k = 0; k < count; k++) sum += source[((long)k * stride) + x] * weights[k];
            row[x] = sum;
        }
    }

    private static void BlendPixel(float* from, int channels, float* weights, int count, float* target)
    {
        if (channels is 3 or 4)
        {
            var sum = Vector128<float>.Zero;
            for (var k = 0; k < count; k++, from += channels) sum += Vector128.Load(from) * weights[k];
            for (var c = 0; c < channels; c++) target[c] = sum[c];
            return;
        }
        for (var c = 0; c < channels; c++)
        {
            var sum = 0f;
            for (var k = 0; k < count; k++) sum += from[(k * channels) + c] * weights[k];
            target[c] = sum;
        }
    }
}
