namespace DeepKeras.Layers;

/// <summary>One pass of a cell over a batch of sequences: through torch's kernel for whole sequences where the cell has one, else step by step.</summary>
/// <param name="mask">Which steps count, <c>(N, steps)</c>; all where null.</param>
/// <param name="training">Whether this is a training step.</param>
/// <param name="all">Whether the outputs of all steps are wanted.</param>
/// <param name="zeroForMask">Whether steps that do not count give zeros instead of the output before.</param>
/// <param name="needsStates">Whether the states after the last step are wanted.</param>
internal sealed class SequencePass(Tensor? mask, bool training, bool all, bool zeroForMask, bool needsStates)
{
    /// <summary>Runs the cell.</summary>
    /// <returns>The outputs <c>(N, steps, …)</c>, or the last one, and the states after the last step where they are needed.</returns>
    public (Tensor Output, IReadOnlyList<Tensor> States) Run(RecurrentCell cell, Tensor sequence, IReadOnlyList<Tensor> states)
    {
        if (cell is StackedRNNCells stack) return RunStack(stack, sequence, states);
        if (cell is ISequenceKernel kernel && kernel.Takes(training) && (mask is null || !needsStates || states.Count == 1)) return mask is null ? RunWhole(kernel, sequence, states) : RunCompacted(kernel, sequence, states, mask);
        return RunSteps(cell.Begin(sequence, training), (int)sequence.shape[1], states);
    }

    /// <summary>One cell after the other over the whole sequence: no cell looks at a later one, and what a cell gives for a step that does not count, no cell uses.</summary>
    private (Tensor Output, IReadOnlyList<Tensor> States) RunStack(StackedRNNCells stack, Tensor sequence, IReadOnlyList<Tensor> states)
    {
        var last = new List<Tensor>();
        var inner = new SequencePass(mask, training, true, zeroForMask, needsStates);
        for (var i = 0; i < stack.RecurrentCells.Count; i++)
        {
            var pass = i == stack.RecurrentCells.Count - 1 ? this : inner;
            var (output, after) = pass.Run(stack.RecurrentCells[i], sequence, stack.StatesOf(i, states));
            sequence = output;
            last.AddRange(after);
        }
        return (sequence, last);
    }

    private (Tensor Output, IReadOnlyList<Tensor> States) RunSteps(CellStep step, int steps, IReadOnlyList<Tensor> states)
    {
        var counts = mask?.unbind(1);
        var outputs = all ? new Tensor[steps] : null;
        Tensor? previous = null;
        for (var t = 0; t < steps; t++)
        {
            var (output, after) = step(t, states);
            if (counts is not null)
            {
                var (before, current) = (states, after);
                after = [.. before.Select((s, i) => torch.where(Beside(counts[t], s), current[i], s))];
                output = torch.where(Beside(counts[t], output), output, previous is null || zeroForMask ? torch.zeros_like(output) : previous);
            }
            states = after;
            previous = output;
            if (outputs is not null) outputs[t] = output;
        }
        return (outputs is null ? previous! : torch.stack(outputs, 1), states);
    }

    private (Tensor Output, IReadOnlyList<Tensor> States) RunWhole(ISequenceKernel kernel, Tensor sequence, IReadOnlyList<Tensor> states)
    {
        var (outputs, last) = kernel.Run(sequence, states, training);
        return (all ? outputs : outputs.select(1, -1), last);
    }

    /// <summary>
    /// The steps that count are moved to the front, which changes nothing, because the others carry the states on; then the outputs are moved back to where they belong.
    /// </summary>
    private (Tensor Output, IReadOnlyList<Tensor> States) RunCompacted(ISequenceKernel kernel, Tensor sequence, IReadOnlyList<Tensor> states, Tensor counts)
    {
        var steps = sequence.shape[1];
        var numbers = torch.arange(steps, ScalarType.Int64, sequence.device);
        var order = numbers.add(counts.logical_not().to(ScalarType.Int64).mul(steps)).argsort(1);
        var (outputs, _) = kernel.Run(Pick(sequence, order), states, training);
        // Behind the sum of the mask stands the latest step that counts; −1 before the first one.
        var latest = counts.to(ScalarType.Int64).cumsum(1).sub(1);
        var end = latest.narrow(1, steps - 1, 1);
        IReadOnlyList<Tensor> last = needsStates ? [torch.where(end.ge(0), Pick(outputs, end.clamp_min(0)).squeeze(1), states[0])] : [];
        if (!all) (latest, counts) = (end, counts.narrow(1, steps - 1, 1));
        var visible = zeroForMask ? counts : latest.ge(0);
        var output = Pick(outputs, latest.clamp_min(0));
        output = torch.where(Beside(visible, output), output, torch.zeros_like(output));
        return (all ? output : output.squeeze(1), last);
    }

    /// <summary>The steps of the given numbers, sequence by sequence.</summary>
    private static Tensor Pick(Tensor sequence, Tensor steps) =>
        sequence.gather(1, steps.unsqueeze(-1).expand([.. steps.shape, sequence.shape[2]]));

    /// <summary>The mask with axes of one cell until it has the rank of the values.</summary>
    private static Tensor Beside(Tensor counts, Tensor values) =>
        counts.ndim == values.ndim ? counts : counts.reshape([.. counts.shape, .. Enumerable.Repeat(1L, (int)(values.ndim - counts.ndim))]);
}
