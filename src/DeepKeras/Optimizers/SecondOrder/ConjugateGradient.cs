using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Nonlinear conjugate gradients (Polak and Ribière, 1969; Fletcher and Reeves, 1964; Nocedal and Wright 2006, section 5.2): directions that do not spoil
/// what the earlier ones reached, from two vectors of memory.
/// </summary>
/// <remarks>
/// <c>d ← −g + βd</c> with Polak–Ribière's <c>β = max(0, gᵀ(g − g₋) / g₋ᵀg₋)</c>, or Fletcher–Reeves's <c>β = gᵀg / g₋ᵀg₋</c>; then a search along d with the strong Wolfe
/// conditions. It restarts from <c>d = −g</c> after <c>restartEvery</c> steps, where two gradients in a row are far from orthogonal (<c>|gᵀg₋| ≥ 0.1·gᵀg</c>, Powell 1977; Fletcher–Reeves only),
/// and where d would not descend. On a quadratic of n dimensions it ends after n steps where the searches are exact, which a small <c>curvature</c> makes them.
/// <code>model.Compile(new ConjugateGradient(), loss: "mse"); model.Fit(x, y, batchSize: 1000, epochs: 100);</code>
/// </remarks>
[KerasName("conjugate_gradient", "cg")]
public sealed class ConjugateGradient : LineSearchOptimizer
{
    private const string PolakRibiere = "polak_ribiere";
    private const string FletcherReeves = "fletcher_reeves";

    private Tensor? _gradient;
    private Tensor? _direction;
    private double _promise;
    private long _sinceRestart;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The first step length that a search tries, over the length that the last step suggests, at least 0, or a schedule; 1 by default.</param>
    /// <param name="method">β: <c>"polak_ribiere"</c>, the default, or <c>"fletcher_reeves"</c>.</param>
    /// <param name="restartEvery">Restart after so many steps, at least 1; by default as many as there are parameters.</param>
    /// <param name="sufficientDecrease">c₁, above 0 and below <paramref name="curvature"/>: the share of the slope's promise by which the loss must fall; 1e-4 by default.</param>
    /// <param name="curvature">c₂, above c₁ and below 1: the share of the slope that may be left at the end of the search; 0.1 by default.</param>
    /// <param name="maxEvaluations">Most computations of the loss in one search, at least 1; 25 by default.</param>
    /// <param name="name">The name; by default <c>conjugate_gradient</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public ConjugateGradient(
        LearningRate? learningRate = null,
        string method = PolakRibiere,
        int? restartEvery = null,
        double sufficientDecrease = 1e-4,
        double curvature = 0.1,
        int maxEvaluations = 25,
        string? name = null)
        : base(learningRate ?? 1, sufficientDecrease, curvature, maxEvaluations, name)
    {
        if (method is not (PolakRibiere or FletcherReeves)) throw Throw.BadArgument(Where, nameof(method), $"\"{PolakRibiere}\" or \"{FletcherReeves}\"", method, "Polak and Ribière's recovers by itself from bad steps.");
        if (restartEvery < 1) throw Throw.BadArgument(Where, nameof(restartEvery), "at least 1", restartEvery, "Leave it out to restart after as many steps as there are parameters.");
        Method = method;
        RestartEvery = restartEvery;
    }

    /// <summary>Which β.</summary>
    public string Method { get; }

    /// <summary>Restart after so many steps.</summary>
    public int? RestartEvery { get; }

    private protected override Tensor Direction(LossPoint start)
    {
        var gradient = start.Gradient;
        var square = gradient.dot(gradient).item<double>();
        var former = _gradient!.dot(_gradient).item<double>();
        var product = gradient.dot(_gradient).item<double>();
        var isPolak = Method == PolakRibiere;
        if (_sinceRestart >= (RestartEvery ?? gradient.numel()) || !(former > 0) || (!isPolak && Math.Abs(product) >= 0.1 * square)) _sinceRestart = 0;
        if (_sinceRestart == 0) return gradient.neg();
        var direction = _direction!.mul(isPolak ? Math.Max(0, (square - product) / former) : square / former).sub_(gradient);
        if (gradient.dot(direction).item<double>() < 0) return direction;
        _sinceRestart = 0;
        return gradient.neg();
    }

    // The step that would lose as much as the last one if the loss were a straight line.
    private protected override double FirstTrial(LossPoint start, double slope) => _promise < 0 ? _promise / slope : Cautious(start);

    private protected override void Learn(LossStep step)
    {
        _gradient!.copy_(step.Gradient);
        _direction!.copy_(step.Direction);
        _promise = step.Promise;
        _sinceRestart++;
    }

    private protected override void Forget() => (_promise, _sinceRestart) = (0, 0);

    private protected override void CreateState(long count, torch.Device device)
    {
        _gradient = Keep(_gradient, device, count);
        _direction = Keep(_direction, device, count);
        Forget();
    }

    private protected override IReadOnlyList<(string Name, Tensor Value)> CurvatureState() =>
        [("since_restart", torch.tensor(_sinceRestart)), ("promise", torch.tensor(_promise)), ("gradient", Copy(_gradient!)), ("direction", Copy(_direction!))];

    private protected override void SetCurvatureState(Func<string, Tensor> valueOf)
    {
        _sinceRestart = (long)Number(valueOf("since_restart"));
        _promise = Number(valueOf("promise"));
        _gradient!.copy_(valueOf("gradient"));
        _direction!.copy_(valueOf("direction"));
    }
}
