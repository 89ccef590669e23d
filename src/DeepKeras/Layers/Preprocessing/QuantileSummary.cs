namespace DeepKeras.Layers;

/// <summary>
/// A short list of values with weights that stands for a long list of numbers: what <see cref="Discretization"/> learns quantiles from. Lists of parts are merged and
/// shortened by interpolating the cumulative weight, in float32, as Keras does.
/// </summary>
internal sealed class QuantileSummary
{
    private readonly float[] _values;
    private readonly float[] _weights;

    private QuantileSummary(float[] values, float[] weights) => (_values, _weights) = (values, weights);

    public static QuantileSummary Empty { get; } = new([], []);

    public int Count => _values.Length;

    /// <summary>Every so many of the sorted numbers, so that about 1 / epsilon remain.</summary>
    public static QuantileSummary Of(float[] numbers, double epsilon)
    {
        Array.Sort(numbers);
        var step = Math.Max(numbers.Length / (1.0 / epsilon), 1);
        var values = new List<float>();
        for (var i = (int)(step - 1); i < numbers.Length; i += (int)step) values.Add(numbers[i]);
        return new([.. values], [.. Enumerable.Repeat((float)step, values.Count)]);
    }

    public QuantileSummary Merge(QuantileSummary other, double epsilon)
    {
        var sorted = _values.Zip(_weights).Concat(other._values.Zip(other._weights)).OrderBy(p => p.First).ToList();
        return new QuantileSummary([.. sorted.Select(p => p.First)], [.. sorted.Select(p => p.Second)]).Shorten(epsilon);
    }

    /// <summary>The boundaries between so many bins of equal weight.</summary>
    public double[] Boundaries(int bins) => [.. Shorten(1.0 / bins)._values.SkipLast(1).Select(v => (double)v)];

    private QuantileSummary Shorten(double epsilon)
    {
        if (Count * epsilon < 1) return this;
        var cumulative = new float[Count];
        var sum = 0f;
        for (var i = 0; i < Count; i++) cumulative[i] = sum += _weights[i];
        float[] shares = [.. cumulative.Select(c => c / sum)];
        double[] wanted = [.. Enumerable.Range(0, (int)Math.Ceiling(1.0 / epsilon)).Select(i => epsilon + (i * epsilon))];
        var values = Array.ConvertAll(wanted, w => (float)Interpolate(w, shares, _values));
        var weights = Array.ConvertAll(wanted, w => Interpolate(w, shares, cumulative));
        return new(values, [.. weights.Select((w, i) => (float)(i == 0 ? w : w - weights[i - 1]))]);
    }

    private static double Interpolate(double x, float[] xs, float[] ys)
    {
        if (x >= xs[^1]) return ys[^1];
        if (x < xs[0]) return ys[0];
        var i = Array.BinarySearch(xs, (float)x);
        // The nearest float may lie on either side of x.
        if (i < 0) i = ~i - 1;
        while (i > 0 && xs[i] > x) i--;
        while (i < xs.Length - 2 && xs[i + 1] <= x) i++;
        return ((ys[i + 1] - (double)ys[i]) / (xs[i + 1] - (double)xs[i]) * (x - xs[i])) + ys[i];
    }
}
