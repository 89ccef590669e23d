namespace DeepKeras;

/// <summary>
/// Random numbers that one 64-bit key decides: SplitMix64, drawn in C# so that they are the same on every device and whatever the number of threads.
/// </summary>
/// <param name="key">What <see cref="RandomStream.Next"/> gave.</param>
internal sealed class KeyedRandom(ulong key)
{
    private ulong _state = key;

    /// <summary>64 random bits.</summary>
    public ulong Next() => RandomSource.Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <summary>A number from 0, included, to 1, excluded.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number from <paramref name="low"/>, included, to <paramref name="high"/>.</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>A number from a range.</summary>
    public double Uniform((double Low, double High) range) => Uniform(range.Low, range.High);

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>A whole number from 0 to <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>A number of the Beta(α, α) distribution.</summary>
    public double Beta(double alpha)
    {
        // x / (x + y) for two gamma numbers, by their logarithms: for a small α both fall below the least double.
        var difference = LogGamma(alpha) - LogGamma(alpha);
        return 1 / (1 + Math.Exp(difference));
    }

    /// <summary>Shares of the Dirichlet(α, …, α) distribution: they sum to 1.</summary>
    public double[] Dirichlet(double alpha, int count)
    {
        var logarithms = new double[count];
        for (var i = 0; i < count; i++) logarithms[i] = LogGamma(alpha);
        var greatest = logarithms.Max();
        var shares = Array.ConvertAll(logarithms, l => Math.Exp(l - greatest));
        var total = shares.Sum();
        return Array.ConvertAll(shares, s => s / total);
    }

    /// <summary>A random order of 0 … count − 1 (Fisher–Yates).</summary>
    public long[] Permutation(long count)
    {
        var order = new long[count];
        for (var i = 0; i < count; i++)
        {
            var j = Below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>The logarithm of a gamma number of scale 1 (Marsaglia and Tsang 2000, with their step from α + 1 down to α below 1).</summary>
    private double LogGamma(double alpha)
    {
        if (alpha < 1) return LogGamma(alpha + 1) + (Math.Log(1 - Uniform()) / alpha);
        var d = alpha - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(1 - Uniform()) < (0.5 * x * x) + (d * (1 - v + Math.Log(v)))) return Math.Log(d) + Math.Log(v);
        }
    }
}
