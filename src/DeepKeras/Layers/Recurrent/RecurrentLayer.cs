using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>What all recurrent layers share: they run a <see cref="RecurrentCell"/> over the steps of a sequence.</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, steps, …) → (N, …)</c>, the output of the last step; with <c>returnSequences</c> <c>(N, steps, …)</c>; with <c>returnState</c> the states
/// after the last step follow as further outputs (<see cref="KerasTensor.Siblings"/>). States to start from may be given behind the input: <c>lstm.Apply(x, h, c)</c>.
/// <para>Where a mask says that a step does not count, the states stay as they are and the output of the step before is repeated (zeros before the first
/// step that counts). With <c>returnSequences</c> the output keeps the mask.</para>
/// </remarks>
public abstract class RecurrentLayer : Layer, IMaskConsumer, IMaskProducer, IKerasParts
{
    private Tensor[]? _states;

    private protected RecurrentLayer(
        RecurrentCell cell,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool unroll,
        bool zeroOutputForMask,
        Regularizer? activityRegularizer,
        Shape? inputShape,
        string? name)
        : base(inputShape, name)
    {
        Cell = cell;
        ReturnSequences = returnSequences;
        ReturnState = returnState;
        GoBackwards = goBackwards;
        Stateful = stateful;
        Unroll = unroll;
        ZeroOutputForMask = zeroOutputForMask;
        ActivityRegularizer = activityRegularizer;
    }

    /// <summary>What is done at every step.</summary>
    public RecurrentCell Cell { get; }

    /// <summary>Whether the outputs of all steps are returned instead of the last one.</summary>
    public bool ReturnSequences { get; }

    /// <summary>Whether the states after the last step are returned, too.</summary>
    public bool ReturnState { get; }

    /// <summary>Whether the sequence is read from its end; the outputs come in the order in which they were computed.</summary>
    public bool GoBackwards { get; }

    /// <summary>Whether a batch starts from the states that the batch before ended with.</summary>
    public bool Stateful { get; }

    /// <summary>Kept for Keras's files; steps are always run one after the other or by one of torch's own kernels.</summary>
    public bool Unroll { get; }

    /// <summary>Whether steps that do not count give zeros instead of the output before.</summary>
    public bool ZeroOutputForMask { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Sublayers => [Cell];

    IEnumerable<(string Group, Layer Layer)> IKerasParts.Parts => [("cell", Cell)];

    /// <summary>Makes a stateful layer start from zeros again. Nothing else does: not the end of an epoch either.</summary>
    public void ResetStates()
    {
        foreach (var state in _states ?? []) state.Dispose();
        _states = null;
    }

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(Shape input) => ComputeOutputShapes([input])[0];

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs) => ComputeOutputShapes(inputs)[0];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputs)
    {
        var step = StepShape(inputs[0]);
        var (output, states) = CellShapes(step);
        RecurrentStates.Check(this, inputs, states);
        if (ReturnSequences) output = new([output[0], inputs[0][1], .. output.Skip(1)]);
        return ReturnState ? [output, .. states] : [output];
    }

    /// <inheritdoc/>
    bool IMaskProducer.ProducesMask(IReadOnlyList<bool> inputs) => ReturnSequences && inputs[0];

    /// <inheritdoc/>
    Tensor IMaskProducer.ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks) => masks[0]!;

    /// <inheritdoc/>
    IReadOnlyList<Tensor> IMaskConsumer.Forward(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks, bool training) => Run(inputs, masks[0], training);

    /// <inheritdoc/>
    protected override void Build(IReadOnlyList<Shape> inputs) => Cell.EnsureBuilt([StepShape(inputs[0])]);

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training) => Run([input], null, training)[0];

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => Run(inputs, null, training)[0];

    /// <inheritdoc/>
    protected internal sealed override IReadOnlyList<Tensor> ForwardMany(IReadOnlyList<Tensor> inputs, bool training) => Run(inputs, null, training);

    private Tensor[] Run(IReadOnlyList<Tensor> inputs, Tensor? mask, bool training)
    {
        var sequence = inputs[0];
        var states = inputs.Count > 1 ? [.. inputs.Skip(1)] : Kept(sequence.shape[0]) ?? Cell.InitialStates(sequence.select(1, 0));
        if (GoBackwards)
        {
            sequence = sequence.flip(1);
            mask = mask?.flip(1);
        }
        var pass = new SequencePass(mask, training, ReturnSequences, ZeroOutputForMask, ReturnState || Stateful);
        var (output, last) = pass.Run(Cell, sequence, states);
        if (Stateful) Keep(last);
        // Output and state may be one tensor; a plan wants one object per output.
        return ReturnState ? [output, .. last.Select(s => ReferenceEquals(s, output) ? s.alias() : s)] : [output];
    }

    private Tensor[]? Kept(long batch)
    {
        if (!Stateful || _states is null) return null;
        return _states[0].shape[0] == batch ? _states : throw Throw.StatefulBatch(this, _states[0].shape[0], batch);
    }

    private void Keep(IReadOnlyList<Tensor> states)
    {
        Tensor[] kept = [.. states.Select(s => s.detach().clone().DetachFromDisposeScope())];
        ResetStates();
        _states = kept;
    }

    private Shape StepShape(Shape input) =>
        input.Rank < 3 || input[1] == 0 ? throw Throw.NotASequence(this, input) : new([input[0], .. input.Skip(2)]);

    private (Shape Output, IReadOnlyList<Shape> States) CellShapes(Shape step)
    {
        try
        {
            return (Cell.ComputeOutputShape(step), Cell.StateShapes(step));
        }
        catch (KerasException refusal)
        {
            throw Throw.InsideWrapper(this, refusal);
        }
    }
}
