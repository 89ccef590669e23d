using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Quasi-Newton descent with the whole inverse of the second derivatives, learned from the gradients (Broyden, Fletcher, Goldfarb, Shanno, 1970;
/// Nocedal and Wright 2006, algorithm 6.1). For up to a few thousand parameters; <see cref="LBFGS"/> has no such limit.
/// </summary>
/// <remarks>
/// <c>d = −Hg</c>, a search along d with the strong Wolfe conditions, then with <c>s = Δw, y = Δg, ρ = 1 / yᵀs</c>:
/// <c>H ← (I − ρsyᵀ)H(I − ρysᵀ) + ρssᵀ</c>, before the first time scaled to <c>H = I·yᵀs / yᵀy</c>. H takes 8·P² bytes for P parameters, in memory and in checkpoints.
/// <code>model.Compile(new BFGS(), loss: "mse"); model.Fit(x, y, batchSize: 1000, epochs: 50);</code>
/// </remarks>
[KerasName("bfgs")]
public sealed class BFGS : LineSearchOptimizer
{
    private Tensor? _inverse;
    private bool _hasLearned;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The first step length that a search tries, at least 0, or a schedule; 1 by default.</param>
    /// <param name="sufficientDecrease">c₁, above 0 and below <paramref name="curvature"/>: the share of the slope's promise by which the loss must fall; 1e-4 by default.</param>
    /// <param name="curvature">c₂, above c₁ and below 1: the share of the slope that may be left at the end of the search; 0.9 by default.</param>
    /// <param name="maxEvaluations">Most computations of the loss in one search, at least 1; 25 by default.</param>
    /// <param name="maxParameters">Most parameters that are taken, at least 1; 4096 by default, whose matrix takes 128 MiB.</param>
    /// <param name="name">The name; by default <c>bfgs</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public BFGS(LearningRate? learningRate = null, double sufficientDecrease = 1e-4, double curvature = 0.9, int maxEvaluations = 25, int maxParameters = 4096, string? name = null)
        : base(learningRate ?? 1, sufficientDecrease, curvature, maxEvaluations, name)
    {
        MaxParameters = CheckLimit(maxParameters);
    }

    /// <summary>Most parameters that are taken.</summary>
    public int MaxParameters { get; }

    private protected override int? ParameterLimit => MaxParameters;

    private protected override Tensor Direction(LossPoint start) => _inverse!.mv(start.Gradient).neg_();

    private protected override double FirstTrial(LossPoint start, double slope) => _hasLearned ? 1 : Cautious(start);

    private protected override void Learn(LossStep step)
    {
        var (s, y) = (step.Step, step.GradientChange);
        var product = s.dot(y).item<double>();
        var square = y.dot(y).item<double>();
        if (!(product > 1e-10 * square)) return;
        if (!_hasLearned) _inverse!.mul_(product / square);
        _hasLearned = true;
        // The formula above, multiplied out: three outer products instead of two products of matrices.
        var hy = _inverse!.mv(y);
        var both = s.outer(hy);
        _inverse.add_(s.outer(s), (1 + (y.dot(hy).item<double>() / product)) / product).add_(both.add(both.t()), -1 / product);
    }

    private protected override void Forget()
    {
        if (_inverse is { } inverse) inverse.copy_(torch.eye(inverse.size(0), inverse.size(0), ScalarType.Float64, inverse.device));
        _hasLearned = false;
    }

    private protected override void CreateState(long count, torch.Device device)
    {
        _inverse = Keep(_inverse, device, count, count);
        Forget();
    }

    private protected override IReadOnlyList<(string Name, Tensor Value)> CurvatureState() =>
        [("has_learned", torch.tensor(_hasLearned ? 1L : 0L)), ("inverse_hessian", Copy(_inverse!))];

    private protected override void SetCurvatureState(Func<string, Tensor> valueOf)
    {
        _hasLearned = Number(valueOf("has_learned")) != 0;
        _inverse!.copy_(valueOf("inverse_hessian"));
    }
}
