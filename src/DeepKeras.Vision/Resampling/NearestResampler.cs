namespace DeepKeras.Vision.Resampling;

/// <summary>Picks pixels: output i is input ⌊i · input/output⌋, in float32 as PyTorch's <c>interpolate("nearest")</c> counts.</summary>
internal static unsafe class NearestResampler
{
    /// <summary>Which input each output is.</summary>
    /// <param name="from">Inputs.</param>
    /// <param name="to">Outputs.</param>
    public static int[] Indices(int from, int to)
    {
        var scale = (float)from / to;
        var indices = new int[to];
        for (var i = 0; i < to; i++) indices[i] = Math.Min((int)MathF.Floor(i * scale), from - 1);
        return indices;
    }

    public static void Resize(byte* source, long stride, int pixelSize, byte* target, int[] rows, int[] columns)
    {
        long length = (long)columns.Length * pixelSize;
        for (var y = 0; y < rows.Length; y++, target += length)
        {
            if (y > 0 && rows[y] == rows[y - 1])
            {
                Buffer.MemoryCopy(target - length, target, length, length);
                continue;
            }
            var row = source + (rows[y] * stride);
            var to = target;
            foreach (var column in columns)
            {
                var from = row + ((long)column * pixelSize);
                for (var b = 0; b < pixelSize; b++) *to++ = from[b];
            }
        }
    }
}
