namespace DeepKeras.Vision.Visualization;

/// <summary>How much points mind each other in the space of the features (van der Maaten and Hinton, 2008, equations 1 and 2).</summary>
internal static class Affinities
{
    private const int RowsAtOnce = 256;
    private const int MostHalvings = 200;
    private const double Tolerance = 1e-5;

    /// <summary>The joint probabilities <c>(pⱼ|ᵢ + pᵢ|ⱼ) / 2N</c>, row by row.</summary>
    public static float[] Joint(Tensor features, double perplexity)
    {
        var count = (int)features.shape[0];
        var p = Conditional(features, perplexity);
        var half = 0.5f / count;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var mean = (p[At(i, j, count)] + p[At(j, i, count)]) * half;
                p[At(i, j, count)] = p[At(j, i, count)] = mean;
            }
        }
        return p;
    }

    /// <summary>For each point i the probabilities <c>pⱼ|ᵢ ∝ exp(−βᵢ ‖xᵢ − xⱼ‖²)</c>, with βᵢ so that their entropy is log perplexity.</summary>
    public static float[] Conditional(Tensor features, double perplexity)
    {
        var count = (int)features.shape[0];
        var result = new float[(long)count * count];
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var all = features.detach().cpu().to_type(ScalarType.Float64);
        // Distances do not change with the origin, but the differences below lose fewer digits near it.
        all = all.sub(all.mean([0], true));
        var lengths = all.square().sum(1);
        for (var from = 0; from < count; from += RowsAtOnce)
        {
            using var inner = torch.NewDisposeScope();
            var size = Math.Min(RowsAtOnce, count - from);
            var rows = all.narrow(0, from, size);
            var distances = lengths.narrow(0, from, size).unsqueeze(1).add(lengths).sub(rows.mm(all.t()).mul(2)).clamp(0).contiguous().data<double>().ToArray();
            var first = from;
            Parallel.For(0, size, r => Calibrate(distances.AsSpan(r * count, count), first + r, Math.Log(perplexity), result.AsSpan((first + r) * count, count)));
        }
        return result;
    }

    private static void Calibrate(ReadOnlySpan<double> distances, int self, double entropy, Span<float> row)
    {
        // Only differences of distances matter, so the nearest may lie at 0: then no sum of exponentials is ever 0.
        var (nearest, sum) = (double.MaxValue, 0.0);
        for (var j = 0; j < distances.Length; j++)
        {
            if (j == self) continue;
            nearest = Math.Min(nearest, distances[j]);
            sum += distances[j];
        }
        var spread = (sum / (distances.Length - 1)) - nearest;
        var beta = spread > 0 ? 1 / spread : 1;
        var (low, high) = (0.0, double.PositiveInfinity);
        Span<double> weights = distances.Length <= 4096 ? stackalloc double[distances.Length] : new double[distances.Length];
        var total = 0.0;
        for (var i = 0; i < MostHalvings; i++)
        {
            (total, var moment) = (0.0, 0.0);
            for (var j = 0; j < distances.Length; j++)
            {
                var distance = distances[j] - nearest;
                var weight = j == self ? 0 : Math.Exp(-beta * distance);
                weights[j] = weight;
                total += weight;
                moment += weight * distance;
            }
            var excess = Math.Log(total) + (beta * moment / total) - entropy;
            if (Math.Abs(excess) < Tolerance) break;
            if (excess > 0) low = beta;
            else high = beta;
            beta = double.IsInfinity(high) ? beta * 2 : (low + high) / 2;
        }
        for (var j = 0; j < row.Length; j++) row[j] = (float)(weights[j] / total);
    }

    private static long At(int row, int column, int count) => ((long)row * count) + column;
}
