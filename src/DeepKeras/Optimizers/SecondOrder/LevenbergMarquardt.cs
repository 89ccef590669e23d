using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Gauss–Newton steps on a mean squared error, damped as much as they need to descend (Levenberg, 1944; Marquardt, 1963; for networks Hagan and Menhaj, 1994).
/// Often the fastest for regression with small networks and some hundred to thousand samples.
/// </summary>
/// <remarks>
/// With the residuals r, the loss <c>Σr² + penalties</c> and <c>J = ∂r/∂w</c>, the step is <c>(2JᵀJ + P + λI)δ = −g</c>, P the second derivatives of the regularizers' penalties.
/// A step that lowers the loss is taken, and λ shrinks; else λ grows and the step is tried again. The matrix takes 8·P² bytes for P parameters, J 8 bytes for each residual and parameter;
/// J costs one backward pass per residual or per parameter, whichever are fewer. Every output's loss must be <c>"mse"</c>.
/// <code>model.Compile("levenberg_marquardt", loss: "mse"); model.Fit(x, y, batchSize: 1000, epochs: 30);</code>
/// </remarks>
[KerasName("levenberg_marquardt")]
public sealed class LevenbergMarquardt : SecondOrderOptimizer
{
    private const double LeastDamping = 1e-20;
    private double _damping;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The share of each step that is taken, at least 0, or a schedule; 1 by default.</param>
    /// <param name="damping">λ at the start, above 0; 0.001 by default.</param>
    /// <param name="dampingIncrease">Factor on λ where a step fails, above 1; 10 by default.</param>
    /// <param name="dampingDecrease">Factor on λ where a step succeeds, above 0 and below 1; 0.1 by default.</param>
    /// <param name="maxDamping">Greatest λ, at least <paramref name="damping"/>; a step that fails there too leaves the weights. 1e10 by default.</param>
    /// <param name="maxParameters">Most parameters that are taken, at least 1; 2048 by default, whose matrix takes 32 MiB.</param>
    /// <param name="name">The name; by default <c>levenberg_marquardt</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public LevenbergMarquardt(
        LearningRate? learningRate = null,
        double damping = 0.001,
        double dampingIncrease = 10,
        double dampingDecrease = 0.1,
        double maxDamping = 1e10,
        int maxParameters = 2048,
        string? name = null)
        : base(learningRate ?? 1, name)
    {
        if (!(damping > 0 && double.IsFinite(damping))) throw Throw.BadArgument(Where, nameof(damping), "a finite number above 0", damping, "0.001 is the default.");
        if (!(dampingIncrease > 1 && double.IsFinite(dampingIncrease))) throw Throw.BadArgument(Where, nameof(dampingIncrease), "a finite number above 1", dampingIncrease, "10 is the default.");
        if (dampingDecrease is not (> 0 and < 1)) throw Throw.BadArgument(Where, nameof(dampingDecrease), "above 0 and below 1", dampingDecrease, "0.1 is the default.");
        if (!(maxDamping >= damping && double.IsFinite(maxDamping))) throw Throw.BadArgument(Where, nameof(maxDamping), "a finite number of at least damping", maxDamping, "1e10 is the default.");
        Damping = damping;
        DampingIncrease = dampingIncrease;
        DampingDecrease = dampingDecrease;
        MaxDamping = maxDamping;
        MaxParameters = CheckLimit(maxParameters);
        _damping = damping;
    }

    /// <summary>λ at the start.</summary>
    public double Damping { get; }

    /// <summary>Factor on λ where a step fails.</summary>
    public double DampingIncrease { get; }

    /// <summary>Factor on λ where a step succeeds.</summary>
    public double DampingDecrease { get; }

    /// <summary>Greatest λ.</summary>
    public double MaxDamping { get; }

    /// <summary>Most parameters that are taken.</summary>
    public int MaxParameters { get; }

    /// <summary>λ now.</summary>
    public double CurrentDamping => _damping;

    private protected override int? ParameterLimit => MaxParameters;

    /// <summary>Refuses: the loss alone does not show its residuals.</summary>
    /// <param name="loss">A loss.</param>
    /// <exception cref="KerasException">Always.</exception>
    public override void Minimize(Func<Tensor> loss) => throw Throw.NeedsResiduals(this);

    /// <summary>Takes one step down the mean of the squares of what a function gives, for a training loop of one's own.</summary>
    /// <param name="residuals">Computes the differences between prediction and target, in any shape; called once per trial.</param>
    /// <exception cref="KerasException">The residuals depend on no trainable weight, are not finite, or there are too many parameters.</exception>
    public void MinimizeSquares(Func<Tensor> residuals)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        Step(() =>
        {
            var values = residuals();
            return new(values.reshape(-1).div(Math.Sqrt(values.numel())), null);
        });
    }

    /// <summary>One step on a sum of squares and penalties.</summary>
    internal void Step(Func<SumOfSquares> compute)
    {
        using var scope = torch.NewDisposeScope();
        var weights = BeginStep();
        if (weights.Count == 0) return;
        var origin = weights.Read();
        var (value, gradient, matrix) = Linearize(weights, compute);
        if (!double.IsFinite(value)) throw Throw.LossNotFinite(this, value);
        var rate = CurrentLearningRate;
        using var recording = torch.no_grad();
        EndStep(weights, rate > 0 ? Try(weights, compute, origin, value, gradient, matrix, rate) : origin);
    }

    private protected override void CreateState(long count, torch.Device device) => _damping = Damping;

    private protected override IReadOnlyList<(string Name, Tensor Value)> CurvatureState() => [("damping", torch.tensor(_damping))];

    private protected override void SetCurvatureState(Func<string, Tensor> valueOf) => _damping = Number(valueOf("damping"));

    private Tensor Try(FlatWeights weights, Func<SumOfSquares> compute, Tensor origin, double value, Tensor gradient, Tensor matrix, double rate)
    {
        var unit = torch.eye(weights.Count, weights.Count, ScalarType.Float64, origin.device);
        while (true)
        {
            using var scope = torch.NewDisposeScope();
            var step = torch.linalg.solve(matrix.add(unit, _damping), gradient.neg());
            var place = origin.add(step, rate);
            weights.Write(place);
            Evaluations++;
            if (compute().Total() < value)
            {
                _damping = Math.Max(_damping * DampingDecrease, LeastDamping);
                return scope.MoveToOuter(place);
            }
            if (_damping >= MaxDamping) return origin;
            _damping = Math.Min(_damping * DampingIncrease, MaxDamping);
        }
    }

    private (double Value, Tensor Gradient, Tensor Matrix) Linearize(FlatWeights weights, Func<SumOfSquares> compute)
    {
        Evaluations++;
        using var scope = torch.NewDisposeScope();
        var sum = compute();
        if (!sum.Residuals.requires_grad) throw Throw.LossWithoutWeights(this);
        var jacobian = weights.Jacobian(sum.Residuals);
        var (slope, curvature) = sum.Penalty is { requires_grad: true } penalty ? weights.SecondDerivatives(penalty) : (null, null);
        using var recording = torch.no_grad();
        var gradient = jacobian.t().mv(sum.Residuals.to_type(ScalarType.Float64)).mul_(2);
        var matrix = jacobian.t().mm(jacobian).mul_(2);
        if (slope is not null) gradient.add_(slope);
        if (curvature is not null) matrix.add_(curvature);
        return (sum.Total(), scope.MoveToOuter(gradient), scope.MoveToOuter(matrix));
    }
}
