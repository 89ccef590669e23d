using DeepKeras.Layers;

namespace DeepKeras.Serialization;

/// <summary>
/// The state of an optimizer in the order in which Keras lists its variables: step count, learning rate, then weight by weight what the rule keeps for each
/// (momentum and velocity of the first weight, of the second …). What RMSprop keeps, and Adam's greatest velocities, come kind by kind.
/// </summary>
internal static class KerasOptimizerState
{
    public static IReadOnlyList<(string Name, Tensor Value)> Of(Optimizer optimizer, IReadOnlyList<Weight> weights)
    {
        var state = optimizer.GetState(weights);
        if (optimizer is MultiOptimizer multi) return [.. state.Take(multi.StateHead), .. multi.Optimizers.SelectMany((part, i) => Of(part, weights).Select(s => (MultiOptimizer.StateName(i, s.Name), s.Value)))];
        int[][] runs = [[.. Enumerable.Range(0, (optimizer.UseEma ? 1 : 0) + (optimizer.GradientAccumulationSteps is null ? 0 : 1))], .. Rule(optimizer)];
        var kinds = runs.Sum(r => r.Length);
        var head = optimizer.StateHead;
        if (head == state.Count) return state;
        var count = (state.Count - head) / kinds;
        var ordered = state.Take(head).ToList();
        var first = 0;
        foreach (var run in runs)
        {
            for (var weight = 0; weight < count; weight++) ordered.AddRange(run.Select(kind => state[head + ((first + kind) * count) + weight]));
            first += run.Length;
        }
        return ordered;
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
            ModelFile.RestoreOptimizer(model, [.. names.Zip(values)]);
            return;
        }
        var weights = model.Weights.Where(w => w.IsTrained).ToList();
        var own = Of(optimizer, weights);
        var old = optimizer.GetState(weights);
        if (Fits(own, values)) optimizer.SetState([.. own.Zip(values, (o, v) => (o.Name, v))]);
        // An optimizer that has not made a step has no state per weight in Keras.
        else if (values.Count <= optimizer.StateHead && Fits([.. own.Take(values.Count)], values)) optimizer.SetState([.. own.Select((o, i) => i < values.Count ? (o.Name, values[i]) : o)]);
        // Keras 2 kept no learning rate there, and listed kind by kind.
        else if (Fits([.. old.Where(o => o.Name != Optimizer.RateName)], values)) optimizer.SetState([.. old.Where(o => o.Name != Optimizer.RateName).Zip(values, (o, v) => (o.Name, v)), .. old.Where(o => o.Name == Optimizer.RateName)]);
        else throw Throw.KerasOptimizer(source, optimizer, own.Count, values.Count);
    }

    private static bool Fits(IReadOnlyList<(string Name, Tensor Value)> own, IReadOnlyList<Tensor> values) =>
        own.Count == values.Count && own.Zip(values, (o, v) => o.Value.shape.AsSpan().SequenceEqual(v.shape)).All(same => same);

    private static int[][] Rule(Optimizer optimizer)
    {
        var count = optimizer.StateVariables.Count;
        return optimizer switch
        {
            RMSprop => [.. Enumerable.Range(0, count).Select(_ => (int[])[0])],
            Adam { Amsgrad: true } => [[0, 1], [0]],
            _ => [[.. Enumerable.Range(0, count)]],
        };
    }
}
