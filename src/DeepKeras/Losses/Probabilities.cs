namespace DeepKeras.Losses;

/// <summary>What the crossentropies share: Keras's renormalising, its clipping and label smoothing.</summary>
internal static class Probabilities
{
    /// <summary>Keras's fuzz factor ε.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>p clipped to [ε, 1 − ε]. In float32 the upper end is 0.99999988, so a perfect prediction costs 1.19·10⁻⁷ and not 0.</summary>
    public static Tensor Clip(Tensor p) => Clip(p, Epsilon, 1 - Epsilon);

    // ln of the clipping's ends; the upper one as float32 rounds 1 − ε.
    private const double LowestLog = -16.11809565095832;
    private const double HighestLog = -1.000000050000003e-7;
    private const double HighestLogSingle = -1.1920929665620834e-7;

    // Added before a logarithm: changes no probability above 1e-30, but the slope at 0 stays finite.
    private const double Tiny = 1e-37;

    /// <summary>ln(p / Σp), clipped.</summary>
    /// <remarks>
    /// ln(p / Σp) = ln p − ln Σ exp(ln p), which is the log-softmax of ln p: one operation with a one-operation gradient,
    /// where the division by a sum needs six.
    /// </remarks>
    public static Tensor Log(Tensor p, int axis) =>
        Clip(torch.nn.functional.log_softmax(p.add(Tiny).log(), axis), LowestLog, p.dtype == ScalarType.Float64 ? HighestLog : HighestLogSingle);

    /// <summary>y(1 − s) + s/2.</summary>
    public static Tensor SmoothBinary(Tensor yTrue, double smoothing) =>
        smoothing == 0 ? yTrue : yTrue.mul(1 - smoothing).add(0.5 * smoothing);

    /// <summary>y(1 − s) + s/n for n classes.</summary>
    public static Tensor Smooth(Tensor yTrue, double smoothing, int axis) =>
        smoothing == 0 ? yTrue : yTrue.mul(1 - smoothing).add(smoothing / yTrue.size(axis));

    /// <summary>Checks a smoothing given to a constructor.</summary>
    public static double CheckedSmoothing(string loss, double smoothing) =>
        smoothing is >= 0 and <= 1 ? smoothing
            : throw Throw.LossArgument(loss, "labelSmoothing", "between 0 and 1", smoothing, "Use a small share such as 0.1.");

    // Hardtanh is a clamp whose gradient is one operation instead of four. In place on a copy, as TorchSharp's hardtanh hands back its input unchanged.
    private static Tensor Clip(Tensor x, double low, double high) => x.clone().hardtanh_(low, high);
}
