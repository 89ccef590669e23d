using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>Different optimizers for different layers of one model (Keras: <c>keras.optimizers.MultiOptimizer</c>).</summary>
/// <remarks>
/// Each optimizer of the <see cref="OptimizerMap"/> clips, decays, averages, accumulates and counts by itself, for its own weights; a global norm is that of its own gradients.
/// One whose weights are all frozen does not count.
/// <para>
/// <see cref="Optimizer.LearningRate"/> is that of <see cref="OptimizerMap.DefaultOptimizer"/>, to read and to set; the others' are set through <see cref="Optimizers"/>,
/// and each may follow a schedule of its own. The callbacks that change rates (<c>ReduceLROnPlateau</c>, <c>LearningRateScheduler</c>, <c>GradualUnfreezing</c>) do so for each
/// optimizer and log <c>learning_rate_adam</c>, <c>learning_rate_sgd</c> …; <c>SwapEMAWeights</c> needs an average in each. <c>lossScaleFactor</c> of the optimizers inside is not used.
/// </para>
/// <code>
/// var optimizer = new MultiOptimizer(new OptimizerMap(new Adam(1e-3), new Dictionary&lt;string, Optimizer&gt; { ["backbone/.*"] = new SGD(1e-2, momentum: 0.9) }));
/// model.Compile(optimizer, loss: "mse");
/// </code>
/// </remarks>
public sealed class MultiOptimizer : Optimizer
{
    private readonly Dictionary<Weight, int> _partOf = [];

    /// <summary>Creates the optimizer.</summary>
    /// <param name="optimizerMap">Which optimizer steps which weights. They are used through this one alone.</param>
    /// <param name="lossScaleFactor">The loss is multiplied by it and the gradients are divided by it, against underflow, for all optimizers; not by default.</param>
    /// <param name="name">The name; by default <c>multi_optimizer</c>.</param>
    /// <exception cref="KerasException">An argument is out of range.</exception>
    public MultiOptimizer(OptimizerMap optimizerMap, double? lossScaleFactor = null, string? name = null)
        : base(0, useEma: optimizerMap?.Optimizers.All(o => o.UseEma) ?? throw new ArgumentNullException(nameof(optimizerMap)), lossScaleFactor: lossScaleFactor, name: name) => OptimizerMap = optimizerMap;

    /// <summary>Which optimizer steps which weights.</summary>
    public OptimizerMap OptimizerMap { get; }

    /// <summary>All optimizers: those of the map's keys in their order, the default one last.</summary>
    public IReadOnlyList<Optimizer> Optimizers => OptimizerMap.Optimizers;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<StateVariable> StateVariables => [];

    internal override IReadOnlyList<Optimizer> Parts => Optimizers;

    private protected override Optimizer Leader => OptimizerMap.DefaultOptimizer;

    /// <summary>Refuses: it has no rule of its own.</summary>
    /// <param name="slot">The weights.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="learningRate">This step's learning rate.</param>
    /// <exception cref="KerasException">Always.</exception>
    protected internal override void Update(Slot slot, Tensor gradient, double learningRate) => throw Throw.NoRuleToLend(this);

    internal override void ApplyScaled(IReadOnlyList<Tensor?> gradients, double? scale)
    {
        var weights = TrainableWeights;
        if (gradients.Count != weights.Count) throw Throw.GradientCount(this, weights.Count, gradients.Count);
        if (weights.Count == 0) return;
        List<Tensor?>[] shares = [.. Optimizers.Select(_ => new List<Tensor?>())];
        for (var i = 0; i < weights.Count; i++) shares[_partOf[weights[i]]].Add(gradients[i]);
        for (var i = 0; i < shares.Length; i++)
        {
            if (shares[i].Count > 0) Optimizers[i].ApplyScaled(shares[i], scale);
        }
        MicroSteps++;
    }

    /// <summary>The name in files of what an optimizer inside calls so.</summary>
    internal static string StateName(int part, string name) => FormattableString.Invariant($"{part}/{name}");

    internal override bool HasState(Weight weight) => _partOf.TryGetValue(weight, out var part) && Optimizers[part].HasState(weight);

    internal override IReadOnlyList<(string Name, Tensor Value)> GetState(IReadOnlyList<Weight> weights) =>
        [.. base.GetState(weights), .. Optimizers.SelectMany((part, i) => part.GetState(weights).Select(s => (StateName(i, s.Name), s.Value)))];

    private protected override void Distribute(IReadOnlyList<Weight> weights)
    {
        var trained = weights.Where(w => w.IsTrained).ToList();
        // Later weights may be a part of a model, or another one.
        if (_partOf.Count == 0 && trained.Count > 0) OptimizerMap.CheckKeys([.. trained.Select(w => w.Path)]);
        foreach (var weight in trained)
        {
            if (_partOf.ContainsKey(weight)) continue;
            var optimizer = OptimizerMap[weight.Path];
            _partOf.Add(weight, Enumerable.Range(0, Optimizers.Count).First(i => ReferenceEquals(Optimizers[i], optimizer)));
        }
        for (var i = 0; i < Optimizers.Count; i++) Optimizers[i].Build([.. trained.Where(w => _partOf[w] == i)]);
    }

    /// <summary>Nothing: the weights lie with the optimizers inside.</summary>
    private protected override void ArrangeSlots(IReadOnlyList<Tensor?>? gradients)
    {
    }

    internal override void CheckState(IReadOnlyDictionary<string, Tensor> given)
    {
        var own = given.Where(g => !IsOfPart(g.Key)).ToDictionary(StringComparer.Ordinal);
        base.CheckState(own);
        for (var i = 0; i < Optimizers.Count; i++) Optimizers[i].CheckState(Share(given, i));
    }

    internal override void PutState(IReadOnlyDictionary<string, Tensor> given)
    {
        base.PutState(given);
        for (var i = 0; i < Optimizers.Count; i++) Optimizers[i].PutState(Share(given, i));
    }

    private bool IsOfPart(string name) => Enumerable.Range(0, Optimizers.Count).Any(i => name.StartsWith(StateName(i, ""), StringComparison.Ordinal));

    private static Dictionary<string, Tensor> Share(IReadOnlyDictionary<string, Tensor> given, int part)
    {
        var prefix = StateName(part, "");
        return given.Where(g => g.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(g => g.Key[prefix.Length..], g => g.Value, StringComparer.Ordinal);
    }
}
