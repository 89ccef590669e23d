using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Newton's method with the exact second derivatives by autograd, changed so that every step descends (Nocedal and Wright 2006, section 3.4).
/// Few steps, each with one backward pass per parameter: for up to some hundred parameters.
/// </summary>
/// <remarks>
/// With the Hessian <c>∇²f = QΛQᵀ</c> the direction is <c>d = −Q·max(|Λ|, δ)⁻¹·Qᵀg</c>, <c>δ = damping·max|Λ|</c>: Newton's own where the loss is convex,
/// away from saddle points elsewhere (Dauphin et al., 2014). Then a search along d with the strong Wolfe conditions. The Hessian takes 8·P² bytes for P parameters, its
/// decomposition three times that.
/// <code>model.Compile(new Newton(), loss: "mse"); model.Fit(x, y, batchSize: 1000, epochs: 20);</code>
/// </remarks>
[KerasName("newton")]
public sealed class Newton : LineSearchOptimizer
{
    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The first step length that a search tries, in Newton steps, at least 0, or a schedule; 1 by default.</param>
    /// <param name="damping">Least size of an eigenvalue over the largest, at least 0 and below 1; 1e-6 by default. More makes steps along flat directions shorter.</param>
    /// <param name="sufficientDecrease">c₁, above 0 and below <paramref name="curvature"/>: the share of the slope's promise by which the loss must fall; 1e-4 by default.</param>
    /// <param name="curvature">c₂, above c₁ and below 1: the share of the slope that may be left at the end of the search; 0.9 by default.</param>
    /// <param name="maxEvaluations">Most computations of the loss in one search, at least 1; 25 by default.</param>
    /// <param name="maxParameters">Most parameters that are taken, at least 1; 2048 by default, whose Hessian takes 32 MiB.</param>
    /// <param name="name">The name; by default <c>newton</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public Newton(LearningRate? learningRate = null, double damping = 1e-6, double sufficientDecrease = 1e-4, double curvature = 0.9, int maxEvaluations = 25, int maxParameters = 2048, string? name = null)
        : base(learningRate ?? 1, sufficientDecrease, curvature, maxEvaluations, name)
    {
        if (damping is not (>= 0 and < 1)) throw Throw.BadArgument(Where, nameof(damping), "at least 0 and below 1", damping, "1e-6 is the default.");
        Damping = damping;
        MaxParameters = CheckLimit(maxParameters);
    }

    /// <summary>Least size of an eigenvalue over the largest.</summary>
    public double Damping { get; }

    /// <summary>Most parameters that are taken.</summary>
    public int MaxParameters { get; }

    private protected override int? ParameterLimit => MaxParameters;

    private protected override bool NeedsHessian => true;

    private protected override Tensor Direction(LossPoint start)
    {
        var hessian = start.Hessian!;
        if (!hessian.isfinite().all().item<bool>()) throw Throw.HessianNotFinite(this);
        var (values, vectors) = torch.linalg.eigh(hessian);
        var sizes = values.abs();
        // A Hessian of zeros says nothing: 1 gives the gradient's own direction.
        var largest = sizes.max().item<double>();
        var inverse = largest > 0 ? sizes.clamp_min(Math.Max(Damping, 1e-15) * largest) : torch.ones_like(sizes);
        return vectors.mv(vectors.t().mv(start.Gradient).div_(inverse)).neg_();
    }

    private protected override double FirstTrial(LossPoint start, double slope) => 1;
}
