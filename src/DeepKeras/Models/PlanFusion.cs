using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// Makes fewer and cheaper steps of a <see cref="Plan"/> that give the same numbers: activations in the memory of what they follow; in inference also
/// BatchNormalization folded into the convolution or dense layer before it, and sums in the memory of a summand. Only results that one single step reads are touched.
/// </summary>
internal sealed class PlanFusion
{
    private readonly List<PlanStep> _steps;
    private readonly Dictionary<int, int> _readers = [];
    private readonly Dictionary<int, PlanStep> _makers = [];

    private PlanFusion(List<PlanStep> steps, IEnumerable<int> outputs)
    {
        _steps = steps;
        foreach (var slot in steps.SelectMany(s => s.Inputs).Concat(outputs)) _readers[slot] = _readers.GetValueOrDefault(slot) + 1;
        foreach (var step in steps)
        {
            foreach (var slot in step.Outputs) _makers[slot] = step;
        }
    }

    /// <summary>Fuses what can be fused.</summary>
    /// <param name="steps">The steps in running order.</param>
    /// <param name="outputs">The slots that are read when all have run.</param>
    /// <param name="training">Whether the plan serves training.</param>
    public static void Apply(List<PlanStep> steps, IEnumerable<int> outputs, bool training)
    {
        var fusion = new PlanFusion(steps, outputs);
        if (!training) fusion.FoldNormalizations();
        fusion.OverwriteByActivations();
        if (!training) fusion.SumInPlace();
    }

    private void FoldNormalizations() => _steps.RemoveAll(step =>
    {
        if (step.Layer is not BatchNormalization normalization || MakerOf(step) is not { Finish: null, Layer: IScalableLayer { IsScalable: true } scalable } maker) return false;
        if (maker is { IsPlain: false } or { Masks: not null } || step.Masks is not null || !scalable.HasChannelsAt(normalization.Axis)) return false;
        maker.Fused = new FoldedNormalization(maker.Layer, scalable, normalization);
        return Replace(maker, step);
    });

    private void OverwriteByActivations() => _steps.RemoveAll(step =>
    {
        if (step.Layer.Overwriting is not { } overwriting || MakerOf(step) is not { Finish: null, Fused: not null } maker) return false;
        maker.Finish = overwriting;
        return Replace(maker, step);
    });

    private void SumInPlace()
    {
        foreach (var step in _steps.ToArray())
        {
            if (step.Layer is not Add || step.Penalty is not null) continue;
            if (AddOnTheWay(step)) continue;
            var own = Array.FindIndex(step.Inputs, slot => _readers[slot] == 1 && _makers.GetValueOrDefault(slot) is { Fused: not null, Penalty: null });
            if (own >= 0) step.Fused = new OverwritingSum((Add)step.Layer, own);
        }
    }

    /// <summary>Lets a convolution that is one of two summands add the other; it then runs in the place of the sum, when both are there.</summary>
    private bool AddOnTheWay(PlanStep sum)
    {
        if (sum is not { Inputs: [var first, var second], Masks: null } || first == second) return false;
        foreach (var (own, other) in new[] { (second, first), (first, second) })
        {
            if (_readers[own] != 1 || _makers.GetValueOrDefault(own) is not { Fused: FoldedNormalization convolution, Finish: null, Penalty: null, Masks: null, Inputs: [var input] } maker) continue;
            sum.Fused = new SumOntoConvolution((Add)sum.Layer, convolution, MayOverwrite(sum, input, other));
            sum.Inputs = [input, other];
            _steps.Remove(maker);
            return true;
        }
        return false;
    }

    /// <summary>Whether a summand lies in memory of its own, and all that read it beside the sum did so before and keep no view of it.</summary>
    private bool MayOverwrite(PlanStep sum, int input, int summand)
    {
        if (input == summand || _makers.GetValueOrDefault(summand) is not { Fused: not null, Penalty: null }) return false;
        var before = _steps.TakeWhile(step => step != sum).Where(step => step.Inputs.Contains(summand)).ToArray();
        return before.All(step => step is { Fused: not null, Penalty: null }) && _readers[summand] == 1 + before.Sum(step => step.Inputs.Count(slot => slot == summand));
    }

    /// <summary>The step that computes the only input of another one and whose result nobody else reads.</summary>
    private PlanStep? MakerOf(PlanStep step) =>
        step is { Inputs: [var slot], Outputs.Length: 1, Penalty: null } && _readers[slot] == 1 && _makers.GetValueOrDefault(slot) is { Outputs.Length: 1, Penalty: null } maker ? maker : null;

    private bool Replace(PlanStep maker, PlanStep step)
    {
        maker.Outputs = step.Outputs;
        _makers[step.Outputs[0]] = maker;
        return true;
    }
}
