using DeepKeras.Losses;

namespace DeepKeras.Metrics;

/// <summary>The points of the curves of <see cref="AUC"/> and the area below them. Thresholds are the last axis.</summary>
internal static class AucCurve
{
    private const double End = 1e-7;

    private static readonly string[] s_curves = ["ROC", "PR", "PRGAIN"];
    private static readonly string[] s_methods = ["interpolation", "minoring", "majoring"];

    public static void Check(string curve, string method)
    {
        if (!s_curves.Contains(curve, StringComparer.OrdinalIgnoreCase)) throw Throw.UnknownName("curve of AUC", curve, s_curves);
        if (!s_methods.Contains(method, StringComparer.OrdinalIgnoreCase)) throw Throw.UnknownName("summation method of AUC", method, s_methods);
    }

    /// <summary>All thresholds, the ends a little outside of [0, 1] so that the curve reaches its corners.</summary>
    public static double[] Thresholds(Thresholds? own, int count)
    {
        if (own is not null) return [-End, .. own.Order(), 1 + End];
        if (count < 2) throw Throw.MetricArgument(nameof(AUC), "numThresholds", "at least 2", count, "Leave it out for 200.");
        return [.. Enumerable.Range(0, count).Select(i => (double)i / (count - 1))];
    }

    public static Tensor Area(ConfusionCounts counts, string curve, string method)
    {
        var (isPr, interpolates) = (Is(curve, "PR"), Is(method, "interpolation"));
        if (isPr && interpolates) return InterpolatedPr(counts);
        var recall = counts.Recall();
        var (x, y) = isPr ? (recall, counts.Precision())
            : Is(curve, "ROC") ? (Alignment.DivideNoNan(counts.FalsePositives, counts.FalsePositives.add(counts.TrueNegatives)), recall)
            : Gains(counts);
        var (here, next) = (Here(y), Next(y));
        var heights = interpolates ? here.add(next).div(2) : Is(method, "minoring") ? torch.minimum(here, next) : torch.maximum(here, next);
        return Here(x).sub(Next(x)).mul(heights).sum(-1);
    }

    // Precision is not linear between two points of a PR curve: true and false positives are.
    private static Tensor InterpolatedPr(ConfusionCounts counts)
    {
        var (tp, p) = (counts.TruePositives, counts.TruePositives.add(counts.FalsePositives));
        var dtp = Here(tp).sub(Next(tp));
        var slope = Alignment.DivideNoNan(dtp, Here(p).sub(Next(p)).clamp_min(0));
        var intercept = Next(tp).sub(slope.mul(Next(p)));
        var bothPositive = Here(p).gt(0).logical_and(Next(p).gt(0));
        var ratio = torch.where(bothPositive, Alignment.DivideNoNan(Here(p), Next(p).clamp_min(0)), torch.ones_like(slope));
        var increments = slope.mul(dtp.add(intercept.mul(ratio.log())));
        return Alignment.DivideNoNan(increments, Next(tp).add(Next(counts.FalseNegatives)).clamp_min(0)).sum(-1);
    }

    // Flach and Kull, 2015. Where nothing was found yet, recall gain is 0 and precision gain 1; gains below 0 count as 0.
    private static (Tensor X, Tensor Y) Gains(ConfusionCounts counts)
    {
        var (tp, fp) = (counts.TruePositives, counts.FalsePositives);
        var positivesPerNegative = Alignment.DivideNoNan(tp.add(counts.FalseNegatives), fp.add(counts.TrueNegatives));
        var none = tp.eq(0);
        var recall = positivesPerNegative.mul(Alignment.DivideNoNan(counts.FalseNegatives, tp)).neg().add(1).masked_fill(none, 0).clamp_min(0);
        var precision = positivesPerNegative.mul(Alignment.DivideNoNan(fp, tp)).neg().add(1).masked_fill(none, 1);
        return (recall, precision);
    }

    private static Tensor Here(Tensor values) => values.narrow(-1, 0, values.size(-1) - 1);

    private static Tensor Next(Tensor values) => values.narrow(-1, 1, values.size(-1) - 1);

    private static bool Is(string name, string wanted) => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);
}
