using DeepKeras.Layers;

namespace DeepKeras;

/// <summary>
/// Finds out once, for all steps of a <see cref="Plan"/>, which values have a mask and in which slot it lies. A mask that a layer only keeps costs
/// nothing when the plan runs: its output's mask is its input's slot.
/// </summary>
internal sealed class PlanMasks
{
    private readonly Dictionary<int, int> _maskOf = [];
    private readonly List<Layer> _ends = [];

    /// <summary>The layers that end a mask because they do not keep masks.</summary>
    public IReadOnlyList<Layer> Ends => _ends;

    /// <summary>Gives each step that has to do with masks its <see cref="PlanStep.Masks"/>.</summary>
    /// <param name="steps">The steps in running order.</param>
    /// <param name="slotCount">How many slots there are; new ones come behind.</param>
    public void Assign(IReadOnlyList<PlanStep> steps, ref int slotCount)
    {
        foreach (var step in steps)
        {
            bool[] has = [.. step.Inputs.Select(_maskOf.ContainsKey)];
            var isMasked = has.Contains(true);
            var producer = step.Layer as IMaskProducer;
            if (!isMasked && producer is null) continue;
            var produces = producer?.ProducesMask(has) ?? false;
            var consumes = isMasked && step.Layer is IMaskConsumer;
            if (produces || consumes)
            {
                step.Masks = new([.. step.Inputs.Select(s => _maskOf.GetValueOrDefault(s, StepMasks.None))], produces ? slotCount++ : StepMasks.None, consumes);
            }
            if (produces) _maskOf[step.Outputs[0]] = step.Masks!.Output;
            else if (isMasked && producer is null && step is { Layer.SupportsMasking: true, Inputs.Length: 1 }) _maskOf[step.Outputs[0]] = _maskOf[step.Inputs[0]];
            else if (isMasked && producer is null && !consumes) _ends.Add(step.Layer);
        }
    }

    /// <summary>The slot of a value's mask, or <see cref="StepMasks.None"/>.</summary>
    public int Of(int slot) => _maskOf.GetValueOrDefault(slot, StepMasks.None);
}
