using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras;

/// <content>State as a whole: for checkpoints and for counting.</content>
public abstract partial class Optimizer
{
    internal const string IterationName = "iteration";
    internal const string RateName = "learning_rate";

    /// <summary>How many entries of the state stand in front of those that belong to single weights.</summary>
    internal int StateHead
    {
        get
        {
            using var scope = torch.NewDisposeScope();
            return OwnNumbers + ExtraState().Count;
        }
    }

    /// <summary>Whether a weight has state: it was trainable at least once.</summary>
    internal virtual bool HasState(Weight weight) => _home.ContainsKey(weight);

    /// <summary>How many numbers the optimizer holds, as Keras's summary counts them: the step count, a fixed learning rate, and every slot.</summary>
    public long CountParams()
    {
        using var scope = torch.NewDisposeScope();
        return OwnNumbers + ExtraState().Sum(e => e.Value.numel()) + _home.Values.Select(h => h.Slot).Distinct().Sum(slot => slot.State.Sum(t => t.numel()))
            + Parts.Where(part => !ReferenceEquals(part, this)).Sum(part => part.CountParams());
    }

    /// <summary>
    /// Copies of all state, on the CPU and in Keras's layout: <c>iteration</c>, <c>learning_rate</c> (where it is fixed), then per kind and weight
    /// <c>dense_kernel_momentum</c> …. <see cref="SetState"/> continues from them bit by bit.
    /// </summary>
    public IReadOnlyList<(string Name, Tensor Value)> GetState() => GetState(_weights);

    /// <summary>The state that belongs to some weights: a model's file must not hold that of layers it no longer has, or of another model.</summary>
    internal virtual IReadOnlyList<(string Name, Tensor Value)> GetState(IReadOnlyList<Weight> weights)
    {
        using var recording = torch.no_grad();
        var state = new List<(string, Tensor)> { (IterationName, torch.tensor(MicroSteps)) };
        if (_learningRate.Schedule is null) state.Add((RateName, torch.tensor(_learningRate.At(MicroSteps))));
        state.AddRange(ExtraState());
        foreach (var (name, view) in Views(weights))
        {
            using var detached = view.detach();
            using var onHost = detached.cpu();
            using var dense = onHost.contiguous();
            state.Add((name, dense.clone()));
            view.Dispose();
        }
        return state;
    }

    /// <summary>Overwrites all state. Build the optimizer on the same weights first.</summary>
    /// <param name="state">What <see cref="GetState()"/> gave, in any order.</param>
    /// <exception cref="KerasException">A name is missing, unknown or double, or a shape differs; nothing is changed then.</exception>
    public void SetState(IReadOnlyList<(string Name, Tensor Value)> state)
    {
        using var recording = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var given = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, value) in state)
        {
            if (!given.TryAdd(name, value)) throw Throw.StateTwice(this, name);
        }
        CheckState(given);
        PutState(given);
    }

    /// <summary>Refuses a state that is not this optimizer's.</summary>
    /// <param name="given">The state by names.</param>
    internal virtual void CheckState(IReadOnlyDictionary<string, Tensor> given)
    {
        var views = Views(_weights);
        var extra = ExtraState();
        HashSet<string> expected = [IterationName, .. extra.Select(e => e.Name), .. views.Select(v => v.Name)];
        if (_learningRate.Schedule is null) _ = expected.Add(RateName);
        // A run that followed a schedule saved no rate, one with a fixed rate did: either may go on under the other.
        string[] missing = [.. expected.Where(name => name != RateName && !given.ContainsKey(name)).Order(StringComparer.Ordinal)];
        string[] unknown = [.. given.Keys.Where(name => name != RateName && !expected.Contains(name)).Order(StringComparer.Ordinal)];
        if (missing.Length + unknown.Length > 0) throw Throw.StateNames(this, missing, unknown);
        foreach (var (name, view) in views)
        {
            if (!view.shape.AsSpan().SequenceEqual(given[name].shape)) throw Throw.StateShape(this, name, view.shape, given[name].shape);
        }
        foreach (var (name, value) in extra)
        {
            if (!value.shape.AsSpan().SequenceEqual(given[name].shape)) throw Throw.StateShape(this, name, value.shape, given[name].shape);
        }
    }

    /// <summary>Takes a state that was checked.</summary>
    /// <param name="given">The state by names.</param>
    internal virtual void PutState(IReadOnlyDictionary<string, Tensor> given)
    {
        foreach (var (name, view) in Views(_weights)) view.copy_(given[name]);
        MicroSteps = (long)Number(given[IterationName]);
        if (_learningRate.Schedule is null && given.TryGetValue(RateName, out var rate)) _learningRate = Checked(Number(rate));
        SetExtraState(name => given[name]);
    }

    /// <summary>Copies of what a rule keeps besides the tensors per weight, on the CPU, with the names they have in files.</summary>
    internal virtual IReadOnlyList<(string Name, Tensor Value)> ExtraState() => [];

    /// <summary>Takes such tensors back.</summary>
    /// <param name="valueOf">The saved tensor of a name, of the shape that <see cref="ExtraState"/> gives.</param>
    internal virtual void SetExtraState(Func<string, Tensor> valueOf)
    {
    }

    /// <summary>A scalar as a number.</summary>
    internal static double Number(Tensor scalar)
    {
        using var wide = scalar.cpu().to_type(ScalarType.Float64);
        return wide.item<double>();
    }

    /// <summary>Live views of all state, named and in Keras's layout.</summary>
    private List<(string Name, Tensor View)> Views(IReadOnlyList<Weight> weights)
    {
        var views = new List<(string, Tensor)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        // The averages and sums come first in Keras, whose base class makes them before the rule makes its own.
        foreach (var i in Enumerable.Range(0, _variables.Length).OrderBy(i => i == _average ? -2 : i == _accumulator ? -1 : i))
        {
            foreach (var weight in weights)
            {
                if (!_home.TryGetValue(weight, out var home)) continue;
                var part = home.Slot.Part(home.Slot.State[i], home.Member);
                var name = NameOf(weight, _variables[i]);
                // Layers of two nested models may bear one name; the second gets a number, as Keras numbers names.
                for (var n = 1; !names.Add(name); n++) name = string.Create(CultureInfo.InvariantCulture, $"{NameOf(weight, _variables[i])}_{n}");
                views.Add((name, home.Member.InSurfaceLayout ? part : weight.ToSurface(part)));
            }
        }
        return views;
    }

    // The step count, and a learning rate that is fixed.
    private int OwnNumbers => _learningRate.Schedule is null ? 2 : 1;

    private static string NameOf(Weight weight, StateVariable variable) =>
        string.Create(CultureInfo.InvariantCulture, $"{weight.Path.Replace('/', '_')}_{variable.Name}");
}
