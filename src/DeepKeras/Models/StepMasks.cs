namespace DeepKeras;

/// <summary>What a <see cref="PlanStep"/> has to do with masks.</summary>
/// <param name="Inputs">For each input the slot of its mask, or <see cref="None"/>.</param>
/// <param name="Output">The slot that takes the mask of the first output, or <see cref="None"/> where the layer makes none.</param>
/// <param name="AreConsumed">Whether the layer's result depends on the masks.</param>
internal sealed record StepMasks(int[] Inputs, int Output, bool AreConsumed)
{
    /// <summary>In place of a slot: no mask.</summary>
    public const int None = -1;

    /// <summary>Every slot that is read or filled.</summary>
    public IEnumerable<int> Slots => Inputs.Append(Output).Where(s => s != None);

    /// <summary>The masks of the inputs.</summary>
    public Tensor?[] Gather(Tensor?[] slots)
    {
        var masks = new Tensor?[Inputs.Length];
        for (var i = 0; i < masks.Length; i++) masks[i] = Inputs[i] == None ? null : slots[Inputs[i]];
        return masks;
    }
}
