using DeepKeras.Schedules;

namespace DeepKeras;

/// <summary>
/// Second-order optimizers that choose a direction and then how far to go along it: far enough that the loss falls by its share and the slope flattens,
/// the strong Wolfe conditions (Nocedal and Wright, Numerical Optimization, 2006, algorithms 3.5 and 3.6).
/// </summary>
/// <remarks>
/// Along <c>φ(α) = f(w + αd)</c> a step is taken where <c>φ(α) ≤ φ(0) + c₁αφ′(0)</c> and <c>|φ′(α)| ≤ c₂|φ′(0)|</c>. Where none is found within
/// <see cref="MaxEvaluations"/> computations the best point that fulfils the first condition is taken; without one the weights stay and what was learned about the curvature is forgotten.
/// </remarks>
public abstract class LineSearchOptimizer : SecondOrderOptimizer
{
    private readonly StrongWolfe _search;

    private protected LineSearchOptimizer(LearningRate learningRate, double sufficientDecrease, double curvature, int maxEvaluations, string? name)
        : base(learningRate, name)
    {
        if (sufficientDecrease is not (> 0 and < 1)) throw Throw.BadArgument(Where, nameof(sufficientDecrease), "above 0 and below 1", sufficientDecrease, "1e-4 is the usual choice.");
        if (!(curvature > sufficientDecrease && curvature < 1)) throw Throw.BadArgument(Where, nameof(curvature), "above sufficientDecrease and below 1", curvature, "0.9 suits quasi-Newton directions, 0.1 conjugate gradients.");
        if (maxEvaluations < 1) throw Throw.BadArgument(Where, nameof(maxEvaluations), "at least 1", maxEvaluations, "25 is the default.");
        SufficientDecrease = sufficientDecrease;
        Curvature = curvature;
        MaxEvaluations = maxEvaluations;
        _search = new StrongWolfe(sufficientDecrease, curvature, maxEvaluations);
    }

    /// <summary>c₁: the share of the slope's promise by which the loss must fall.</summary>
    public double SufficientDecrease { get; }

    /// <summary>c₂: the share of the slope that may be left.</summary>
    public double Curvature { get; }

    /// <summary>Most computations of the loss in one search.</summary>
    public int MaxEvaluations { get; }

    /// <summary>Whether the direction needs the matrix of second derivatives.</summary>
    private protected virtual bool NeedsHessian => false;

    /// <inheritdoc/>
    public override void Minimize(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        using var scope = torch.NewDisposeScope();
        var weights = BeginStep();
        if (weights.Count == 0) return;
        var origin = weights.Read();
        var start = Evaluate(weights, loss, NeedsHessian);
        if (!double.IsFinite(start.Value)) throw Throw.LossNotFinite(this, start.Value);
        var rate = CurrentLearningRate;
        using var recording = torch.no_grad();
        EndStep(weights, rate > 0 ? Search(weights, loss, origin, start, rate) : origin);
    }

    /// <summary>Where to go from a point.</summary>
    /// <param name="start">The loss there and its derivatives.</param>
    private protected abstract Tensor Direction(LossPoint start);

    /// <summary>The first step length to try, in directions.</summary>
    /// <param name="start">The loss and its derivatives.</param>
    /// <param name="slope">The loss's slope along the direction, below 0.</param>
    private protected abstract double FirstTrial(LossPoint start, double slope);

    /// <summary>Learns from a step that was taken.</summary>
    private protected virtual void Learn(LossStep step)
    {
    }

    /// <summary>Forgets what was learned.</summary>
    private protected virtual void Forget()
    {
    }

    /// <summary>The usual first trial where nothing is known: no weight moves by more than 1.</summary>
    private protected static double Cautious(LossPoint start) => Math.Min(1, 1 / start.Gradient.abs().sum().item<double>());

    private Tensor Search(FlatWeights weights, Func<Tensor> loss, Tensor origin, LossPoint start, double rate)
    {
        var direction = Direction(start);
        var slope = start.Gradient.dot(direction).item<double>();
        if (!(slope < 0))
        {
            Forget();
            direction = start.Gradient.neg();
            slope = start.Gradient.dot(direction).item<double>();
            // At a minimum there is nowhere to go.
            if (!(slope < 0)) return origin;
        }
        var best = _search.Find(At, new(0, start.Value, slope, start.Gradient), FirstTrial(start, slope) * rate, weights.Resolution);
        if (!(best.Length > 0))
        {
            Forget();
            return origin;
        }
        Learn(new LossStep(direction.mul(best.Length), best.Gradient.sub(start.Gradient), start.Gradient, direction, best.Length * slope));
        return origin.add(direction, best.Length);

        LineTrial At(double length)
        {
            weights.Write(origin.add(direction, length));
            var point = Evaluate(weights, loss, hessian: false);
            return new(length, point.Value, point.Gradient.dot(direction).item<double>(), point.Gradient);
        }
    }

    private LossPoint Evaluate(FlatWeights weights, Func<Tensor> loss, bool hessian)
    {
        Evaluations++;
        using var recording = torch.enable_grad();
        using var scope = torch.NewDisposeScope();
        var value = loss();
        if (!value.requires_grad) throw Throw.LossWithoutWeights(this);
        var number = Number(value.detach());
        if (hessian)
        {
            var (slope, matrix) = weights.SecondDerivatives(value);
            return new(number, scope.MoveToOuter(slope), scope.MoveToOuter(matrix));
        }
        return new(number, scope.MoveToOuter(weights.Gradient(value)), null);
    }
}
