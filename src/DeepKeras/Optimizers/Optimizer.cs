using DeepKeras.Layers;
using DeepKeras.Schedules;
using DeepKeras.Serialization;

namespace DeepKeras;

/// <summary>
/// How gradients change weights (Keras: <c>keras.optimizers.Optimizer</c>). A string converts to it: <c>optimizer: "adam"</c>.
/// An optimizer of one's own names its <see cref="StateVariables"/> and overrides <see cref="Update(Slot, Tensor, double)"/>.
/// </summary>
/// <remarks>
/// The order of a step is Keras's: divide by <see cref="LossScaleFactor"/>, accumulate, clip, decay the weights, update, average,
/// overwrite, constrain, count. Small weights share one flat buffer, so that a step costs the same few tensor operations
/// however many layers there are.
/// </remarks>
public abstract partial class Optimizer
{
    private LearningRate _learningRate;

    /// <summary>Takes the options that all optimizers share.</summary>
    /// <param name="learningRate">Step size, at least 0: a number or a schedule.</param>
    /// <param name="weightDecay">Fraction of each weight, times the learning rate, that every step takes off (decoupled decay); none by default.</param>
    /// <param name="clipnorm">Greatest norm of each weight's gradient; no limit by default.</param>
    /// <param name="clipvalue">Greatest magnitude of each gradient element; no limit by default.</param>
    /// <param name="globalClipnorm">Greatest norm of all gradients together; no limit by default. Only one of the three limits may be set.</param>
    /// <param name="useEma">Whether to keep an exponential moving average of the weights, which replaces them when training ends.</param>
    /// <param name="emaMomentum">How much of the old average each step keeps, 0 … 1; 0.99 by default.</param>
    /// <param name="emaOverwriteFrequency">Overwrite the weights by their average every so many steps; by default only when training ends.</param>
    /// <param name="lossScaleFactor">The loss is multiplied by it and the gradients are divided by it, against underflow; not by default.</param>
    /// <param name="gradientAccumulationSteps">Average the gradients of so many steps (at least 2) before each update; every step updates by default.</param>
    /// <param name="name">The name; by default the class's, as Keras spells it.</param>
    /// <exception cref="KerasException">An option is out of range, or two limits are set.</exception>
    protected Optimizer(
        LearningRate learningRate,
        double? weightDecay = null,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
    {
        Name = name ?? Naming.KerasName(GetType());
        if ((clipnorm is null ? 0 : 1) + (clipvalue is null ? 0 : 1) + (globalClipnorm is null ? 0 : 1) > 1) throw Throw.SeveralClips(this, clipnorm, clipvalue, globalClipnorm);
        if (emaMomentum is not (>= 0 and <= 1)) throw Throw.BadArgument(Where, nameof(emaMomentum), "from 0 to 1", emaMomentum, "Keras's default is 0.99.");
        if (emaOverwriteFrequency < 1) throw Throw.BadArgument(Where, nameof(emaOverwriteFrequency), "at least 1", emaOverwriteFrequency, "Leave it out to overwrite the weights only when training ends.");
        if (gradientAccumulationSteps < 2) throw Throw.BadArgument(Where, nameof(gradientAccumulationSteps), "at least 2", gradientAccumulationSteps, "Leave it out to update on every step.");
        if (lossScaleFactor is { } factor && !(factor > 0)) throw Throw.BadArgument(Where, nameof(lossScaleFactor), "a positive number", factor, "Leave it out to train without loss scaling.");
        _learningRate = Checked(learningRate);
        WeightDecay = weightDecay;
        Clipnorm = clipnorm;
        Clipvalue = clipvalue;
        GlobalClipnorm = globalClipnorm;
        UseEma = useEma;
        EmaMomentum = emaMomentum;
        EmaOverwriteFrequency = emaOverwriteFrequency;
        LossScaleFactor = lossScaleFactor;
        GradientAccumulationSteps = gradientAccumulationSteps;
    }

    /// <summary>The learning rate: a number, which may be changed at any time, or a schedule, which decides alone.</summary>
    /// <exception cref="KerasException">A number is assigned while a schedule is at work, or it is negative or not finite.</exception>
    public LearningRate LearningRate
    {
        get => Leader._learningRate;
        set
        {
            if (!ReferenceEquals(Leader, this))
            {
                Leader.LearningRate = value;
                return;
            }
            if (_learningRate.Schedule is { } schedule && value.Schedule is null) throw Throw.RateIsScheduled(this, schedule, value);
            _learningRate = Checked(value);
        }
    }

    /// <summary>The learning rate that the next step will use.</summary>
    public double CurrentLearningRate => Leader._learningRate.At(Leader.MicroSteps);

    /// <summary>Decoupled weight decay.</summary>
    public double? WeightDecay { get; }

    /// <summary>Greatest norm of each weight's gradient.</summary>
    public double? Clipnorm { get; }

    /// <summary>Greatest magnitude of each gradient element.</summary>
    public double? Clipvalue { get; }

    /// <summary>Greatest norm of all gradients together.</summary>
    public double? GlobalClipnorm { get; }

    /// <summary>Whether a moving average of the weights is kept.</summary>
    public bool UseEma { get; }

    /// <summary>How much of the old average each step keeps.</summary>
    public double EmaMomentum { get; }

    /// <summary>How often the average overwrites the weights.</summary>
    public int? EmaOverwriteFrequency { get; }

    /// <summary>What the loss is multiplied by.</summary>
    public double? LossScaleFactor { get; }

    /// <summary>How many steps share one update.</summary>
    public int? GradientAccumulationSteps { get; }

    /// <summary>The name: <c>adam</c>, <c>sgd</c> ….</summary>
    public string Name { get; }

    /// <summary>Updates so far: steps, divided by <see cref="GradientAccumulationSteps"/>.</summary>
    public long Iterations => MicroSteps / (GradientAccumulationSteps ?? 1);

    /// <summary>Steps so far, whether they updated or only accumulated. A schedule counts these, as in Keras.</summary>
    internal long MicroSteps { get; set; }

    /// <summary>How many tensors per weight the rule had asked for when weights were built.</summary>
    private protected int RuleStateCount { get; private set; }

    /// <summary>Takes over what a rule may ask for: the count, the rate and the state of an optimizer that makes its steps by this one's rule.</summary>
    internal void StandFor(Optimizer outer) => (MicroSteps, RuleStateCount, _learningRate) = (outer.MicroSteps, outer.RuleStateCount, outer._learningRate);

    /// <summary>The optimizers that make the steps: this one, or those that it hands weights out to.</summary>
    internal virtual IReadOnlyList<Optimizer> Parts => [this];

    /// <summary>The one whose learning rate is shown as this one's.</summary>
    private protected virtual Optimizer Leader => this;

    internal string Where => $"Optimizer {GetType().Name} '{Name}'";

    /// <summary>The tensors that the rule keeps per weight; read once, when weights are built.</summary>
    protected internal abstract IReadOnlyList<StateVariable> StateVariables { get; }

    /// <summary>
    /// Whether the rule treats every element by itself, so that small weights may share a buffer. A rule that looks at a weight as a whole
    /// says no; it then sees one weight at a time, in Keras's layout.
    /// </summary>
    protected internal virtual bool IsElementWise => true;

    /// <summary>Applies the rule to one slot: change <see cref="Slot.Value"/> and the state in place. No gradient is recorded, temporaries need no disposal.</summary>
    /// <param name="slot">The weights and their state.</param>
    /// <param name="gradient">The gradient, in the slot's shape; do not change it.</param>
    /// <param name="learningRate">This step's learning rate.</param>
    protected internal abstract void Update(Slot slot, Tensor gradient, double learningRate);

    /// <summary>Called once before the slots of an update, for what they share.</summary>
    protected internal virtual void BeginUpdate()
    {
    }

    /// <summary>The state tensor of a weight at the start, for rules whose state has another shape than the weight.</summary>
    /// <param name="value">The slot's value.</param>
    /// <param name="variable">What is wanted.</param>
    protected internal virtual Tensor CreateState(Tensor value, StateVariable variable) => torch.full_like(value, variable.Initial);

    /// <summary>The factor that plays the part of momentum: a cycling schedule's where there is one, else the optimizer's own.</summary>
    /// <param name="own">The optimizer's own factor.</param>
    protected double MomentumOr(double own) => _learningRate.Schedule is IMomentumSchedule cycle ? cycle.MomentumAt(MicroSteps) ?? own : own;

    /// <summary>Whether a schedule moves the momentum, so that a rule needs room for one.</summary>
    private protected bool CyclesMomentum => _learningRate.Schedule is IMomentumSchedule cycle && cycle.MomentumAt(0) is not null;

    /// <summary>The optimizer of that name, with its defaults.</summary>
    public static implicit operator Optimizer(string name) => Catalog<Optimizer>.Create("optimizer", name);

    /// <summary>Puts a rate or a schedule in place of whatever is there, for a time.</summary>
    internal void ReplaceLearningRate(LearningRate value) => _learningRate = value;

    /// <summary>Refuses the decay of a running mean that is not in 0 … 1.</summary>
    private protected void CheckDecay(double value, string argument)
    {
        if (value is not (>= 0 and < 1)) throw Throw.BadArgument(Where, argument, "at least 0 and below 1", value, "It is the share of the old mean that each step keeps; 0.9 to 0.999 is common.");
    }

    private LearningRate Checked(LearningRate value) =>
        value.Schedule is not null || value.At(0) is >= 0 and < double.PositiveInfinity ? value
            : throw Throw.BadArgument(Where, "learningRate", "a finite number of at least 0, or a schedule", value, "Common values lie between 0.0001 and 0.1.");
}
