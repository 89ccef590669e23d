using System.Text.RegularExpressions;
using DeepKeras.Layers;

namespace DeepKeras;

/// <content>Which weights are updated together, and where their state lives.</content>
public abstract partial class Optimizer
{
    /// <summary>Weights up to this size share a buffer: below it the cost of a tensor operation is the call, not the numbers.</summary>
    internal const int DefaultGroupLimit = 32 * 1024;

    private readonly List<Weight> _weights = [];
    private readonly Dictionary<Weight, (Slot Slot, SlotMember Member)> _home = [];
    private readonly HashSet<Weight> _alone = [];
    private readonly HashSet<Weight> _undecayed = [];
    private StateVariable[] _variables = [];
    private Regex? _undecayedNames;
    private Weight[] _trainable = [];
    private Tensor[] _inputs = [];
    private Slot[] _slots = [];
    private int _average = -1;
    private int _accumulator = -1;
    private int _trainableVersion;
    private int _bindingVersion;
    private bool _isStale;
    private bool _isBuilt;

    /// <summary>The weights that the next step changes, in the order in which gradients are given and taken.</summary>
    public IReadOnlyList<Weight> TrainableWeights
    {
        get
        {
            if (_isBuilt) RefreshTrainable();
            return _trainable;
        }
    }

    /// <summary>Largest weight that shares a buffer.</summary>
    internal int GroupLimit { get; set; } = DefaultGroupLimit;

    /// <summary>How many buffers and single weights a step visits.</summary>
    internal int SlotCount => _slots.Length;

    /// <summary>Takes weights into care: small ones move into a shared buffer, and those that are trainable get their state. Weights it knows keep their state.</summary>
    /// <param name="weights">Every weight that was declared trainable, frozen or not. A frozen weight costs nothing until it is trainable for the first time.</param>
    public void Build(IReadOnlyList<Weight> weights)
    {
        Distribute(weights);
        if (!_isBuilt) ListVariables();
        _isBuilt = true;
        foreach (var weight in weights)
        {
            if (weight.IsTrained && !_weights.Contains(weight)) _weights.Add(weight);
        }
        ListTrainable();
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        ArrangeSlots(gradients: null);
    }

    /// <summary>Leaves weights out of the weight decay: biases and normalization factors, usually.</summary>
    /// <param name="weights">Weights to leave out.</param>
    /// <param name="names">Regular expressions; a weight whose <see cref="Weight.Name"/> matches one of them is left out: <c>["bias", "gamma", "beta"]</c>.</param>
    public void ExcludeFromWeightDecay(IEnumerable<Weight>? weights = null, IEnumerable<string>? names = null)
    {
        List<Weight> left = [.. weights ?? []];
        var pattern = string.Join('|', names ?? []);
        foreach (var part in Parts)
        {
            part._undecayed.Clear();
            part._undecayed.UnionWith(left);
            part._undecayedNames = pattern.Length == 0 ? null : new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            part._isStale = true;
        }
    }

    /// <summary>Called with new weights before the optimizer takes them into its own care, for one that hands them out to others.</summary>
    /// <param name="weights">What <see cref="Build"/> was given.</param>
    private protected virtual void Distribute(IReadOnlyList<Weight> weights)
    {
    }

    private bool Decays(Weight weight) => !_undecayed.Contains(weight) && _undecayedNames?.IsMatch(weight.Name) != true;

    private void ListVariables()
    {
        List<StateVariable> variables = [.. StateVariables];
        RuleStateCount = variables.Count;
        if (UseEma)
        {
            _average = variables.Count;
            variables.Add(new StateVariable("average"));
        }
        if (GradientAccumulationSteps is not null)
        {
            _accumulator = variables.Count;
            variables.Add(new StateVariable("gradient_accumulator"));
        }
        _variables = [.. variables];
    }

    private void RefreshTrainable()
    {
        if (!_isBuilt) throw Throw.OptimizerNotBuilt(this);
        if (_trainableVersion != Layer.TrainableVersion) ListTrainable();
    }

    private void ListTrainable()
    {
        _trainableVersion = Layer.TrainableVersion;
        _trainable = [.. _weights.Where(w => w.Trainable)];
        _inputs = new Tensor[_trainable.Length];
        _isStale = true;
    }

    /// <summary>Checks that every weight lies where its slot has it and that groups are complete; makes new slots where not.</summary>
    /// <param name="gradients">This step's gradients; null when only the places matter.</param>
    private protected virtual void ArrangeSlots(IReadOnlyList<Tensor?>? gradients)
    {
        // A weight that somebody else moved (another optimizer, another device), or that takes no part in the loss, goes its own way from now on:
        // moving it back would only have the other one move it again.
        if (_bindingVersion != Weight.BindingVersion) LetMovedWeightsGo();
        if (gradients is not null && !_isStale)
        {
            foreach (var slot in _slots)
            {
                if (slot.IsGroup && slot.LacksGradient(gradients)) _isStale = true;
            }
        }
        if (!_isStale) return;
        Regroup(gradients);
        _isStale = false;
        _bindingVersion = Weight.BindingVersion;
    }

    private void LetMovedWeightsGo()
    {
        _bindingVersion = Weight.BindingVersion;
        foreach (var slot in _slots)
        {
            foreach (var member in slot.Members)
            {
                if (member.IsInPlace) continue;
                _ = _alone.Add(member.Weight);
                _isStale = true;
            }
        }
    }
}
