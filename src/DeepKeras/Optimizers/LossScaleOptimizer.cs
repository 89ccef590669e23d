namespace DeepKeras;

/// <summary>
/// Another optimizer whose loss is scaled up so that small half-precision gradients do not vanish, as far as nothing overflows
/// (Keras: <c>keras.optimizers.LossScaleOptimizer</c>).
/// </summary>
/// <remarks>
/// The loss is multiplied by <see cref="DynamicScale"/>, the gradients are divided by it. A step with an infinite or undefined gradient is left out and halves the scale;
/// after <see cref="DynamicGrowthSteps"/> steps without one the scale doubles. Each step asks the device whether all gradients are finite.
/// All other options, the learning rate included, are those of <see cref="InnerOptimizer"/>; its own <c>lossScaleFactor</c> is not used.
/// <code>model.Compile(new LossScaleOptimizer(new Adam(3e-4)), loss: "mse");</code>
/// </remarks>
public sealed class LossScaleOptimizer : Optimizer
{
    private double _scale;
    private long _stepsSinceChange;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="innerOptimizer">What makes the steps; a name or an object. It is used through this one alone.</param>
    /// <param name="initialScale">The scale at the start, positive; 32768 by default. One that is too high falls quickly.</param>
    /// <param name="dynamicGrowthSteps">Steps with finite gradients after which the scale doubles, at least 1; 2000 by default.</param>
    /// <param name="name">The name; by default <c>loss_scale_optimizer</c>.</param>
    /// <exception cref="KerasException">An argument is out of range, or the inner optimizer is a <see cref="MultiOptimizer"/>.</exception>
    public LossScaleOptimizer(Optimizer innerOptimizer, double initialScale = 32768, int dynamicGrowthSteps = 2000, string? name = null)
        : base(
            innerOptimizer?.LearningRate ?? throw new ArgumentNullException(nameof(innerOptimizer)),
            innerOptimizer.WeightDecay,
            innerOptimizer.Clipnorm,
            innerOptimizer.Clipvalue,
            innerOptimizer.GlobalClipnorm,
            innerOptimizer.UseEma,
            innerOptimizer.EmaMomentum,
            innerOptimizer.EmaOverwriteFrequency,
            null,
            innerOptimizer.GradientAccumulationSteps,
            name)
    {
        if (innerOptimizer is MultiOptimizer) throw Throw.NoRuleToLend(innerOptimizer);
        if (!(initialScale > 0) || !double.IsFinite(initialScale)) throw Throw.BadArgument(Where, nameof(initialScale), "a positive number", initialScale, "Keras's default is 32768.");
        if (dynamicGrowthSteps < 1) throw Throw.BadArgument(Where, nameof(dynamicGrowthSteps), "at least 1", dynamicGrowthSteps, "Keras's default is 2000.");
        InnerOptimizer = innerOptimizer;
        InitialScale = initialScale;
        DynamicGrowthSteps = dynamicGrowthSteps;
        _scale = initialScale;
    }

    /// <summary>What makes the steps.</summary>
    public Optimizer InnerOptimizer { get; }

    /// <summary>The scale at the start.</summary>
    public double InitialScale { get; }

    /// <summary>Steps with finite gradients after which the scale doubles.</summary>
    public int DynamicGrowthSteps { get; }

    /// <summary>What the loss is multiplied by now.</summary>
    public double DynamicScale => _scale;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => InnerOptimizer.StateVariables;

    /// <inheritdoc/>
    protected internal override bool IsElementWise => InnerOptimizer.IsElementWise;

    private protected override double? LossScale => _scale;

    /// <inheritdoc/>
    protected internal override void BeginUpdate()
    {
        // The rule may ask for its own count, rate and state.
        InnerOptimizer.StandFor(this);
        InnerOptimizer.BeginUpdate();
    }

    /// <inheritdoc/>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate) => InnerOptimizer.Update(slot, gradient, learningRate);

    /// <inheritdoc/>
    protected internal override Tensor CreateState(Tensor value, StateVariable variable) => InnerOptimizer.CreateState(value, variable);

    internal override double? DecayOf(Layers.Weight weight) => InnerOptimizer.DecayOf(weight);

    internal override IReadOnlyList<(string Name, Tensor Value)> ExtraState() =>
        [("step_counter", torch.tensor(_stepsSinceChange)), ("dynamic_scale", torch.tensor(_scale)), .. InnerOptimizer.ExtraState()];

    internal override void SetExtraState(Func<string, Tensor> valueOf)
    {
        (_stepsSinceChange, _scale) = ((long)Number(valueOf("step_counter")), Number(valueOf("dynamic_scale")));
        InnerOptimizer.SetExtraState(valueOf);
    }

    private protected override bool Accepts(IReadOnlyList<Slot> slots)
    {
        var finite = new List<Tensor>(slots.Count);
        foreach (var slot in slots)
        {
            if (slot.Gradient is { } gradient) finite.Add(torch.isfinite(gradient).all());
        }
        if (finite.Count > 0 && !torch.stack(finite, 0).all().cpu().item<bool>())
        {
            (_scale, _stepsSinceChange) = (_scale / 2, 0);
            return false;
        }
        return true;
    }

    private protected override void AfterStep()
    {
        if (++_stepsSinceChange < DynamicGrowthSteps) return;
        (_scale, _stepsSinceChange) = (_scale * 2, 0);
    }
}
