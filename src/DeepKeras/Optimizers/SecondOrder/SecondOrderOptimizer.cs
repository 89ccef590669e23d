using DeepKeras.Layers;
using DeepKeras.Schedules;

namespace DeepKeras;

/// <summary>
/// Optimizers that use how the gradient bends, for small networks and full batches. One step computes the loss as often as it needs,
/// so <c>Fit(batchSize: n)</c> with all samples in one batch is what they are made for.
/// </summary>
/// <remarks>
/// All evaluations of one step see the same batch and the same noise of dropout; moving statistics move once, as of the first evaluation.
/// The regularizers' penalties are part of the loss. Vectors and matrices over all weights are kept in float64. They start anew when layers are frozen or
/// unfrozen. In a loop of one's own: <c>optimizer.Minimize(() => loss())</c>.
/// </remarks>
public abstract class SecondOrderOptimizer : Optimizer
{
    private Weight[]? _known;

    private protected SecondOrderOptimizer(LearningRate learningRate, string? name)
        : base(learningRate, name: name)
    {
    }

    /// <summary>How often the loss has been computed since the optimizer was made, trials of the step length included.</summary>
    public long Evaluations { get; private protected set; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [];

    /// <inheritdoc/>
    protected internal override bool IsElementWise => false;

    /// <summary>Refuses: gradients alone are not enough here.</summary>
    /// <param name="slot">The weights.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="learningRate">This step's learning rate.</param>
    /// <exception cref="KerasException">Always.</exception>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate) => throw Throw.NeedsLossFunction(this);

    /// <summary>Makes the state for that many parameters, all as at the start.</summary>
    /// <param name="count">How many numbers are trained.</param>
    /// <param name="device">Where they lie.</param>
    private protected virtual void CreateState(long count, torch.Device device)
    {
    }

    /// <summary>Most parameters that a dense matrix is kept for; no limit by default.</summary>
    private protected virtual int? ParameterLimit => null;

    private bool IsOverLimit => CountTrained() > ParameterLimit;

    /// <summary>The numbers that this step changes.</summary>
    /// <exception cref="KerasException">There are too many, or their layers want different learning rates.</exception>
    private protected FlatWeights BeginStep()
    {
        if (IsOverLimit) throw Throw.TooManyForMatrix(this, CountTrained(), ParameterLimit!.Value);
        if (TrainableWeights.FirstOrDefault(w => w.Owner.LearningRateFactor != 1) is { } scaled) throw Throw.SearchWithFactor(this, scaled.Owner);
        return Gather();
    }

    /// <summary>Refuses a limit that nothing could keep to.</summary>
    private protected int CheckLimit(int maxParameters) => maxParameters >= 1 ? maxParameters
        : throw Throw.BadArgument(Where, nameof(maxParameters), "at least 1", maxParameters, "A matrix over P parameters takes 8·P² bytes.");

    /// <summary>Puts the weights where the step ends, projects what is constrained, and counts.</summary>
    private protected void EndStep(FlatWeights weights, Tensor values)
    {
        weights.Write(values);
        foreach (var weight in weights.Weights)
        {
            if (weight.Constraint is not { } constraint) continue;
            using var scope = torch.NewDisposeScope();
            weight.Assign(constraint.Project(weight.SurfaceView()));
        }
        MicroSteps++;
    }

    internal override IReadOnlyList<(string Name, Tensor Value)> ExtraState()
    {
        List<(string, Tensor)> state = [("evaluations", torch.tensor(Evaluations))];
        if (IsOverLimit) return state;
        using (torch.NewDisposeScope()) _ = Gather();
        state.AddRange(CurvatureState());
        return state;
    }

    internal override void SetExtraState(Func<string, Tensor> valueOf)
    {
        Evaluations = (long)Number(valueOf("evaluations"));
        if (!IsOverLimit) SetCurvatureState(valueOf);
    }

    /// <summary>Copies of what the rule knows about the curvature, on the CPU.</summary>
    private protected virtual IReadOnlyList<(string Name, Tensor Value)> CurvatureState() => [];

    /// <summary>Takes such numbers back.</summary>
    /// <param name="valueOf">The saved tensor of a name.</param>
    private protected virtual void SetCurvatureState(Func<string, Tensor> valueOf)
    {
    }

    /// <summary>A copy for a file.</summary>
    private protected static Tensor Copy(Tensor state)
    {
        using var onHost = state.cpu();
        return onHost.clone();
    }

    /// <summary>A vector or matrix of zeros that outlives the step.</summary>
    private protected static Tensor Keep(Tensor? former, torch.Device device, params long[] shape)
    {
        former?.Dispose();
        return torch.zeros(shape, ScalarType.Float64, device).DetachFromDisposeScope();
    }

    private long CountTrained() => TrainableWeights.Sum(w => w.ElementCount);

    /// <summary>All trained numbers; the state is made anew where they are others than before.</summary>
    private FlatWeights Gather()
    {
        var weights = TrainableWeights;
        var flat = new FlatWeights(weights);
        if (_known?.SequenceEqual(weights) == true) return flat;
        CreateState(flat.Count, weights.Count == 0 ? torch.CPU : weights[0].Native.device);
        _known = [.. weights];
        return flat;
    }
}
