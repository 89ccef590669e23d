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

    public static IReadOnlyList<(string Name, Tensor Value)> Of(Optimizer optimizer, IReadOnlyList<Weight> weights)
    {
        var (first, last) = Heads(optimizer, weights);
        return [.. first, .. PerWeight(optimizer, weights), .. last];
    }

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
        var (first, last) = Heads(optimizer, weights);
        var perWeight = PerWeight(optimizer, weights);
        var old = optimizer.GetState(weights);
        List<(string Name, Tensor Value)> own = [.. first, .. perWeight, .. last];
        // Until Keras 3.5 what belongs to all weights stood in front.
        List<(string Name, Tensor Value)> earlier = [.. first, .. last, .. perWeight];
        if (Fits(own, values)) Give(model, Named(own, values));
        else if (Fits(earlier, values)) Give(model, Named(earlier, values));
        // An optimizer that has not made a step has no state per weight in Keras.
        else if (values.Count <= optimizer.StateHead && Fits([.. first.Take(values.Count)], values)) Give(model, [.. old.Select(o => first.FindIndex(f => f.Name == o.Name) is >= 0 and var i && i < values.Count ? (o.Name, values[i]) : o)]);
        // Keras 2 kept no learning rate there, and listed kind by kind.
        else if (Fits([.. old.Where(o => o.Name != Optimizer.RateName)], values)) Give(model, [.. Named([.. old.Where(o => o.Name != Optimizer.RateName)], values), .. old.Where(o => o.Name == Optimizer.RateName)]);
        else throw Throw.KerasOptimizer(source, optimizer, own.Count, values.Count);
    }

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
        _ = given.RemoveAll(g => s_unused.Contains(g.Name, StringComparer.Ordinal));
        var known = optimizer.GetState().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        if (given.Exists(g => !known.Contains(g.Name))) ModelFile.GiveFrozenWeightsState(model);
        var rule = RuleOf(optimizer);
        foreach (var (name, value) in optimizer.GetState())
        {
            var place = given.FindIndex(g => g.Name == name);
            if (place < 0 && ((rule is Muon && IsVelocity(name)) || (rule is Adafactor && IsPlace(name)))) given.Add((name, value));
            else if (place >= 0 && rule is Adafactor && IsVelocity(name) && value.ndim == 0) given[place] = (name, value);
            else if (place < 0 && rule is Nadam nadam && name == Nadam.ProductName) given.Add((name, torch.tensor(nadam.ProductAfter(Updates(optimizer, given)))));
        }
        optimizer.SetState(given);
    }

    private static long Updates(Optimizer optimizer, List<(string Name, Tensor Value)> given) =>
        (long)Optimizer.Number(given.Find(g => g.Name == Optimizer.IterationName).Value) / (optimizer.GradientAccumulationSteps ?? 1);

    private static bool IsPlace(string name) => name.EndsWith("_row", StringComparison.Ordinal) || name.EndsWith("_column", StringComparison.Ordinal);

    private static bool IsVelocity(string name) => name.EndsWith("_velocity", StringComparison.Ordinal);

    private static List<(string Name, Tensor Value)> Named(List<(string Name, Tensor Value)> own, IReadOnlyList<Tensor> values) => [.. own.Zip(values, (o, v) => (o.Name, v))];

    private static bool Fits(List<(string Name, Tensor Value)> own, IReadOnlyList<Tensor> values) =>
        own.Count == values.Count && own.Zip(values, (o, v) => o.Value.shape.AsSpan().SequenceEqual(v.shape)).All(same => same);
}
