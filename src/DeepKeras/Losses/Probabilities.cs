namespace DeepKeras.Losses;

/// <summary>What the crossentropies share: Keras's renormalising, its clipping and label smoothing.</summary>
internal static class Probabilities
{
    /// <summary>Keras's fuzz factor ε.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>p clipped to [ε, 1 − ε]. In float32 the upper end is 0.99999988, so a perfect prediction costs 1.19·10⁻⁷ and not 0.</summary>
    public static Tensor Clip(Tensor p) => p.clamp(Epsilon, 1 - Epsilon);

    /// <summary>ln(p / Σp), clipped.</summary>
    public static Tensor Log(Tensor p, int axis) => Clip(p.div(p.sum(axis, true))).log();

    /// <summary>y(1 − s) + s/2.</summary>
    public static Tensor SmoothBinary(Tensor yTrue, double smoothing) =>
        smoothing == 0 ? yTrue : yTrue.mul(1 - smoothing).add(0.5 * smoothing);

    /// <summary>y(1 − s) + s/n for n classes on the last axis.</summary>
    public static Tensor Smooth(Tensor yTrue, double smoothing) =>
        smoothing == 0 ? yTrue : yTrue.mul(1 - smoothing).add(smoothing / yTrue.size(-1));

    /// <summary>Checks a smoothing given to a constructor.</summary>
    public static double CheckedSmoothing(string loss, double smoothing) =>
        smoothing is >= 0 and <= 1 ? smoothing
            : throw Throw.LossArgument(loss, "labelSmoothing", "between 0 and 1", smoothing, "Use a small share such as 0.1.");
}
