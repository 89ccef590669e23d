using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// The state of an optimizer in the order in which Keras lists its variables: step count, learning rate, then weight by weight what the rule keeps for each
/// (momentum and velocity of the first weight, of the second …), then what it keeps for all of them. Averages, gradient sums, what RMSprop keeps and Adam's
/// greatest velocities come kind by kind. A LossScaleOptimizer has a step count and a rate of its own in front, which it never uses; what the inner rule keeps
/// without adding it to its variables (Nadam's product, Adafactor's places of vectors) is not in Keras's files then.
/// </summary>
internal static class KerasOptimizerState
{
    /// <summary>How many entries a LossScaleOptimizer has in front of its inner optimizer's.</summary>
    public const int OwnOfLossScale = 4;

    private static readonly string[] s_unused = ["loss_scale_iteration", "loss_scale_learning_rate"];

    public static IReadOnlyList<(string Name, Tensor Value)> Of(Optimizer optimizer, IReadOnlyList<Weight> weights) => Listed(optimizer, weights);

    /// <summary>Gives a compiled model's optimizer the state of a file.</summary>
    /// <param name="model">The model, compiled.</param>
    /// <param name="values">The state in Keras's order; none leaves the optimizer new.</param>
    /// <param name="names">What each belongs to, where DeepKeras wrote the file.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="KerasException">The state belongs to other weights.</exception>
    public static void Restore(Model model, IReadOnlyList<Tensor> values, IReadOnlyList<string>? names, string source)
    {
        if (values.Count == 0) return;
        model.ReadyOptimizer(model.Compiled!);
        var optimizer = model.Optimizer!;
        if (names is not null)
        {
            if (names.Count != values.Count) throw Throw.KerasOptimizer(source, optimizer, names.Count, values.Count);
            Give(model, [.. names.Zip(values)]);
            return;
        }
        var weights = model.Weights.Where(w => w.IsTrained).ToList();
        var old = optimizer.GetState(weights);
        var own = Listed(optimizer, weights);
        // What belongs to all weights stood in front in earlier versions of Keras 3.
        var earlier = Listed(optimizer, weights, commonFirst: true);
        // An optimizer that has not made a step has nothing but counts and rates in Keras.
        var unused = own.FindAll(o => IsCountOrRate(o.Name));
        // Keras 2 kept no learning rate there, and listed kind by kind.
        var oldest = old.Where(o => o.Name != Optimizer.RateName).ToList();
        if (Fits(own, values)) Give(model, Named(own, values));
        else if (Fits(earlier, values)) Give(model, Named(earlier, values));
        else if (values.Count <= unused.Count && Fits([.. unused.Take(values.Count)], values)) Give(model, Over(old, Named(unused, values)));
        else if (Fits(oldest, values)) Give(model, Over(old, Named(oldest, values)));
        else throw Throw.KerasOptimizer(source, optimizer, own.Count, values.Count);
    }

    private static List<(string Name, Tensor Value)> Listed(Optimizer optimizer, IReadOnlyList<Weight> weights, bool commonFirst = false)
    {
        if (optimizer is MultiOptimizer multi)
        {
            return [.. multi.GetState(weights).Take(multi.StateHead), .. Parts(multi).SelectMany(p => Listed(p.Part, weights, commonFirst).Select(s => (p.Prefix + s.Name, s.Value)))];
        }
        var (first, last) = Heads(optimizer, weights);
        var perWeight = PerWeight(optimizer, weights);
        return commonFirst ? [.. first, .. last, .. perWeight] : [.. first, .. perWeight, .. last];
    }

    /// <summary>The optimizers that hold the state, with what their names begin with in the whole.</summary>
    private static IEnumerable<(string Prefix, Optimizer Part)> Parts(Optimizer optimizer) =>
        optimizer is MultiOptimizer multi ? multi.Optimizers.Select((part, i) => (MultiOptimizer.StateName(i, ""), part)) : [("", optimizer)];

    private static Optimizer RuleOf(Optimizer optimizer) => optimizer is LossScaleOptimizer { InnerOptimizer: var inner } ? inner : optimizer;

    /// <summary>What stands in front of the state per weight, and what behind it.</summary>
    private static (List<(string Name, Tensor Value)> First, List<(string Name, Tensor Value)> Last) Heads(Optimizer optimizer, IReadOnlyList<Weight> weights)
    {
        var head = optimizer.GetState(weights).Take(optimizer.StateHead).ToList();
        var ofRule = RuleOf(optimizer).ExtraState().Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        var last = head.FindAll(h => ofRule.Contains(h.Name));
        var first = head.FindAll(h => !ofRule.Contains(h.Name));
        if (optimizer is not LossScaleOptimizer) return (first, last);
        last.Clear();
        var counters = first.FindAll(h => h.Name is not (Optimizer.IterationName or Optimizer.RateName));
        return ([(s_unused[0], torch.tensor(0L)), (s_unused[1], torch.tensor(0.0)), .. counters, .. first.Except(counters)], last);
    }

    private static List<(string Name, Tensor Value)> PerWeight(Optimizer optimizer, IReadOnlyList<Weight> weights)
    {
        var state = optimizer.GetState(weights).Skip(optimizer.StateHead).ToList();
        List<Weight> holders = [.. weights.Where(optimizer.HasState)];
        var rule = RuleOf(optimizer);
        var ordered = new List<(string, Tensor)>();
        var first = 0;
        foreach (var run in Runs(optimizer, rule))
        {
            for (var i = 0; i < holders.Count; i++)
            {
                foreach (var kind in run)
                {
                    var (name, value) = state[((first + kind) * holders.Count) + i];
                    if (rule is Muon muon && IsVelocity(name) && !muon.FollowsAdam(holders[i])) continue;
                    if (rule is Adafactor && optimizer is LossScaleOptimizer && holders[i].Shape.Rank < 2 && IsPlace(name)) continue;
                    if (rule is Adafactor && IsVelocity(name) && value.ndim == 0 && holders[i].Shape.Rank > 0) value = MeanSquares(ordered[^2].Item2, ordered[^1].Item2);
                    ordered.Add((name, value));
                }
            }
            first += run.Length;
        }
        return ordered;
    }

    /// <summary>What Adafactor's rows and columns stand for: Keras keeps it, here it is formed anew in each step.</summary>
    private static Tensor MeanSquares(Tensor row, Tensor column) => row.gt(0).any().item<bool>() ? Adafactor.MeanSquares(row, column) : torch.zeros_like(Adafactor.MeanSquares(row, column));

    private static int[][] Runs(Optimizer optimizer, Optimizer rule)
    {
        var count = rule.StateVariables.Count;
        var shared = (optimizer.UseEma ? 1 : 0) + (optimizer.GradientAccumulationSteps is null ? 0 : 1);
        int[][] own = rule switch
        {
            RMSprop => [.. Enumerable.Range(0, count).Select(_ => (int[])[0])],
            Adam { Amsgrad: true } => [[0, 1], [0]],
            _ => [[.. Enumerable.Range(0, count)]],
        };
        return [.. Enumerable.Range(0, shared).Select(_ => (int[])[0]), .. own];
    }

    /// <summary>Sets the state, without what Keras alone has and with what it alone leaves out.</summary>
    private static void Give(Model model, List<(string Name, Tensor Value)> given)
    {
        var optimizer = model.Optimizer!;
        _ = given.RemoveAll(g => s_unused.Contains(Short(g.Name), StringComparer.Ordinal));
        var known = optimizer.GetState().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        if (given.Exists(g => !known.Contains(g.Name))) ModelFile.GiveFrozenWeightsState(model);
        foreach (var (prefix, part) in Parts(optimizer))
        {
            foreach (var (name, value) in part.GetState()) Complete(given, part, prefix, name, value);
        }
        optimizer.SetState(given);
    }

    private static void Complete(List<(string Name, Tensor Value)> given, Optimizer optimizer, string prefix, string name, Tensor value)
    {
        var rule = RuleOf(optimizer);
        var place = given.FindIndex(g => g.Name == prefix + name);
        if (place >= 0)
        {
            if (rule is Adafactor && IsVelocity(name) && value.ndim == 0) given[place] = (prefix + name, value);
            return;
        }
        if ((rule is Muon && IsVelocity(name)) || (rule is Adafactor && IsPlace(name))) given.Add((prefix + name, value));
        if (rule is not Nadam nadam || name != Nadam.ProductName) return;
        var steps = given.Find(g => g.Name == prefix + Optimizer.IterationName).Value;
        if (steps is not null) given.Add((prefix + name, torch.tensor(nadam.ProductAfter((long)Optimizer.Number(steps) / (optimizer.GradientAccumulationSteps ?? 1)))));
    }

    private static string Short(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static bool IsCountOrRate(string name) => Short(name) is Optimizer.IterationName or Optimizer.RateName || s_unused.Contains(Short(name), StringComparer.Ordinal);

    /// <summary>A state with some entries of another.</summary>
    private static List<(string Name, Tensor Value)> Over(IReadOnlyList<(string Name, Tensor Value)> state, List<(string Name, Tensor Value)> part) =>
        [.. state.Select(s => part.FindIndex(p => p.Name == s.Name) is >= 0 and var i ? part[i] : s)];

    private static bool IsPlace(string name) => name.EndsWith("_row", StringComparison.Ordinal) || name.EndsWith("_column", StringComparison.Ordinal);

    private static bool IsVelocity(string name) => name.EndsWith("_velocity", StringComparison.Ordinal);

    private static List<(string Name, Tensor Value)> Named(List<(string Name, Tensor Value)> own, IReadOnlyList<Tensor> values) => [.. own.Zip(values, (o, v) => (o.Name, v))];

    private static bool Fits(List<(string Name, Tensor Value)> own, IReadOnlyList<Tensor> values) =>
        own.Count == values.Count && own.Zip(values, (o, v) => o.Value.shape.AsSpan().SequenceEqual(v.shape)).All(same => same);
}
