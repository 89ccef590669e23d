using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// Quasi-Newton descent that remembers the last steps instead of a matrix (Liu and Nocedal, 1989; Nocedal and Wright 2006, algorithm 7.5).
/// The first choice for full batches: memory and time grow with the number of parameters, not with its square.
/// </summary>
/// <remarks>
/// From the last m steps <c>s = Δw</c> and gradient changes <c>y = Δg</c> the two-loop recursion computes the direction <c>d = −Hg</c>,
/// starting from <c>H = sᵀy / yᵀy</c> of the newest; then a search along d with the strong Wolfe conditions.
/// A pair enters where <c>sᵀy &gt; 1e-10·yᵀy</c>, so that H stays positive.
/// <code>model.Compile(new LBFGS(), loss: "mse"); model.Fit(x, y, batchSize: 1000, epochs: 50);</code>
/// </remarks>
[KerasName("lbfgs")]
public sealed class LBFGS : LineSearchOptimizer
{
    private Tensor? _steps;
    private Tensor? _changes;
    private int _count;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The first step length that a search tries, at least 0, or a schedule; 1 by default.</param>
    /// <param name="historySize">How many steps are remembered, at least 1; 10 by default. Each costs 16 bytes per parameter.</param>
    /// <param name="sufficientDecrease">c₁, above 0 and below <paramref name="curvature"/>: the share of the slope's promise by which the loss must fall; 1e-4 by default.</param>
    /// <param name="curvature">c₂, above c₁ and below 1: the share of the slope that may be left at the end of the search; 0.9 by default.</param>
    /// <param name="maxEvaluations">Most computations of the loss in one search, at least 1; 25 by default.</param>
    /// <param name="name">The name; by default <c>lbfgs</c>.</param>
    /// <exception cref="KerasException">A parameter is out of range.</exception>
    public LBFGS(LearningRate? learningRate = null, int historySize = 10, double sufficientDecrease = 1e-4, double curvature = 0.9, int maxEvaluations = 25, string? name = null)
        : base(learningRate ?? 1, sufficientDecrease, curvature, maxEvaluations, name)
    {
        if (historySize < 1) throw Throw.BadArgument(Where, nameof(historySize), "at least 1", historySize, "5 to 20 is common.");
        HistorySize = historySize;
    }

    /// <summary>How many steps are remembered.</summary>
    public int HistorySize { get; }

    private protected override Tensor Direction(LossPoint start)
    {
        // The history is filled from the end; the newest pair comes last.
        var direction = start.Gradient.neg();
        var factors = new Tensor[HistorySize];
        var scales = new Tensor[HistorySize];
        for (var i = HistorySize - 1; i >= HistorySize - _count; i--)
        {
            scales[i] = _changes![i].dot(_steps![i]).reciprocal();
            factors[i] = _steps[i].dot(direction).mul_(scales[i]);
            direction.sub_(_changes[i].mul(factors[i]));
        }
        if (_count > 0) direction.div_(scales[^1].mul(_changes![HistorySize - 1].dot(_changes[HistorySize - 1])));
        for (var i = HistorySize - _count; i < HistorySize; i++)
        {
            direction.add_(_steps![i].mul(factors[i].sub(_changes![i].dot(direction).mul_(scales[i]))));
        }
        return direction;
    }

    private protected override double FirstTrial(LossPoint start, double slope) => _count == 0 ? Cautious(start) : 1;

    private protected override void Learn(LossStep step)
    {
        var change = step.GradientChange;
        if (!(step.Step.dot(change).item<double>() > 1e-10 * change.dot(change).item<double>())) return;
        Push(_steps!, step.Step);
        Push(_changes!, change);
        _count = Math.Min(_count + 1, HistorySize);
    }

    private protected override void Forget() => _count = 0;

    private protected override void CreateState(long count, torch.Device device)
    {
        _steps = Keep(_steps, device, HistorySize, count);
        _changes = Keep(_changes, device, HistorySize, count);
        _count = 0;
    }

    private protected override IReadOnlyList<(string Name, Tensor Value)> CurvatureState() =>
        [("history_count", torch.tensor((long)_count)), ("steps", Copy(_steps!)), ("gradient_changes", Copy(_changes!))];

    private protected override void SetCurvatureState(Func<string, Tensor> valueOf)
    {
        _count = (int)Number(valueOf("history_count"));
        _steps!.copy_(valueOf("steps"));
        _changes!.copy_(valueOf("gradient_changes"));
    }

    private static void Push(Tensor history, Tensor row)
    {
        history.copy_(history.roll(-1, 0));
        history[-1].copy_(row);
    }
}
