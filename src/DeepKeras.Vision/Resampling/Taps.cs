namespace DeepKeras.Vision.Resampling;

/// <summary>
/// One axis of a resize as a table: output i is the sum of <see cref="Count"/> neighbouring inputs from <see cref="Starts"/>[i] on, each times its weight.
/// </summary>
/// <remarks>
/// Sample positions are those of PyTorch's <c>interpolate(align_corners=False)</c>: output i lies at (i + ½) · input/output − ½. Bicubic takes Keys' kernel with
/// a = −0.75, and with antialiasing a = −0.5; the antialiasing kernels are widened by the factor of shrinking. Area takes the mean of all pixels touched.
/// </remarks>
internal sealed class Taps
{
    private const double Sharpness = -0.75;
    private const double SmoothSharpness = -0.5;

    private readonly (Interpolation, bool, int, int) _key;
    private short[]? _fixed;
    private int _step;

    public Taps(Interpolation interpolation, bool antialias, int from, int to)
    {
        _key = (interpolation, antialias, from, to);
        var rows = new List<(int Start, double[] Weights)>(to);
        for (var i = 0; i < to; i++) rows.Add(Row(interpolation, antialias, from, to, i));
        Count = rows.Max(r => r.Weights.Length);
        Starts = new int[to];
        Weights = new float[to * Count];
        for (var i = 0; i < to; i++)
        {
            // Shorter rows are filled up with zeros; near the end they begin earlier so that none reads past it.
            var (first, weights) = rows[i];
            Starts[i] = Math.Min(first, from - Count);
            for (var k = 0; k < weights.Length; k++) Weights[(i * Count) + first - Starts[i] + k] = (float)weights[k];
        }
    }

    public int Count { get; }

    public int[] Starts { get; }

    /// <summary><see cref="Count"/> per output.</summary>
    public float[] Weights { get; }

    public bool Is(Interpolation interpolation, bool antialias, int from, int to) => _key == (interpolation, antialias, from, to);

    /// <summary>The weights as whole numbers that sum to 2¹⁴ per output, padded with zeros to a multiple of <paramref name="step"/>.</summary>
    /// <param name="step">How many taps are taken at once.</param>
    public short[] Fixed(int step)
    {
        if (_fixed is not null && _step == step) return _fixed;
        var padded = Padded(step);
        var whole = new short[Starts.Length * padded];
        for (var i = 0; i < Starts.Length; i++)
        {
            var row = whole.AsSpan(i * padded, padded);
            // Rounding the running sum keeps the total exact and lets the errors of neighbours cancel out.
            var (exact, given) = (0f, 0);
            for (var k = 0; k < Count; k++)
            {
                exact += Weights[(i * Count) + k] * ByteResampler.One;
                row[k] = (short)((int)MathF.Round(exact) - given);
                given += row[k];
            }
        }
        (_fixed, _step) = (whole, step);
        return whole;
    }

    public int Padded(int step) => (Count + step - 1) / step * step;

    private static (int Start, double[] Weights) Row(Interpolation interpolation, bool antialias, int from, int to, int i)
    {
        var scale = (double)from / to;
        if (interpolation == Interpolation.Area)
        {
            var (start, end) = ((int)((long)i * from / to), (int)((((long)(i + 1) * from) + to - 1) / to));
            var mean = new double[end - start];
            Array.Fill(mean, 1.0 / mean.Length);
            return (start, mean);
        }
        if (antialias) return Smooth(interpolation, scale, from, i);
        var at = (scale * (i + 0.5)) - 0.5;
        if (interpolation == Interpolation.Bilinear) at = Math.Max(at, 0);
        var left = (int)Math.Floor(at);
        var t = at - left;
        return interpolation == Interpolation.Bilinear
            ? Clamped(left, [1 - t, t], from)
            : Clamped(left - 1, [Cubic(t + 1, Sharpness), Cubic(t, Sharpness), Cubic(1 - t, Sharpness), Cubic(2 - t, Sharpness)], from);
    }

    private static (int Start, double[] Weights) Smooth(Interpolation interpolation, double scale, int from, int i)
    {
        var stretch = Math.Max(scale, 1);
        var support = (interpolation == Interpolation.Bilinear ? 1 : 2) * stretch;
        var center = scale * (i + 0.5);
        var start = Math.Max((int)(center - support + 0.5), 0);
        var weights = new double[Math.Min((int)(center + support + 0.5), from) - start];
        for (var k = 0; k < weights.Length; k++)
        {
            var distance = Math.Abs((start + k - center + 0.5) / stretch);
            weights[k] = interpolation == Interpolation.Bilinear ? Math.Max(1 - distance, 0) : Cubic(distance, SmoothSharpness);
        }
        var sum = weights.Sum();
        for (var k = 0; k < weights.Length; k++) weights[k] /= sum;
        return (start, weights);
    }

    /// <summary>Positions beyond the edge take the pixel at the edge.</summary>
    private static (int Start, double[] Weights) Clamped(int first, ReadOnlySpan<double> weights, int from)
    {
        var (start, end) = (Math.Clamp(first, 0, from - 1), Math.Clamp(first + weights.Length - 1, 0, from - 1));
        var inside = new double[end - start + 1];
        for (var k = 0; k < weights.Length; k++) inside[Math.Clamp(first + k, start, end) - start] += weights[k];
        return (start, inside);
    }

    /// <summary>R. Keys, Cubic Convolution Interpolation for Digital Image Processing (1981), equation 15 with free a.</summary>
    private static double Cubic(double x, double a) =>
        x < 1 ? (((((a + 2) * x) - (a + 3)) * x) * x) + 1
        : x < 2 ? (((((x - 5) * x) + 8) * x) - 4) * a
        : 0;
}
