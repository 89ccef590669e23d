namespace DeepKeras.Layers;

/// <summary>
/// What a recurrent layer does at every step: output and new states from an input and the states before (Keras: a cell, <c>call(inputs, states)</c>).
/// A cell of one's own overrides <see cref="StateShapes"/>, <see cref="Layer.Build(Shape)"/> and <see cref="Step"/>, and runs inside of <see cref="RNN"/>.
/// </summary>
/// <remarks>
/// <b>Shapes</b> one step <c>(N, …) → (N, …)</c>. Called as a layer it takes the input and, if given, its states, <c>cell.Apply(x, h)</c>, and has as outputs the
/// output and the new states.
/// <code>
/// sealed class MinimalCell(long units, string? name = null) : RecurrentCell(name)
/// {
///     private Weight? _kernel, _recurrentKernel;
///
///     public long Units { get; } = units;
///
///     public override IReadOnlyList&lt;Shape&gt; StateShapes(Shape input) => [new(input[0], Units)];
///
///     protected override void Build(Shape input)
///     {
///         _kernel = AddWeight("kernel", new(input[^1], Units));
///         _recurrentKernel = AddWeight("recurrent_kernel", new(Units, Units));
///     }
///
///     public override (Tensor Output, IReadOnlyList&lt;Tensor&gt; States) Step(Tensor input, IReadOnlyList&lt;Tensor&gt; states, bool training)
///     {
///         var output = input.mm(_kernel!.Value) + states[0].mm(_recurrentKernel!.Value);
///         return (output, [output]);
///     }
/// }
///
/// var t = RNN(new MinimalCell(32))(Input((null, 5)));
/// </code>
/// </remarks>
public abstract class RecurrentCell : Layer
{
    /// <summary>Creates the cell.</summary>
    /// <param name="name">A unique name; automatic by default.</param>
    protected RecurrentCell(string? name = null)
        : base(null, name)
    {
    }

    /// <summary>The shape of every state.</summary>
    /// <param name="input">The shape of the input of one step, batch axis first.</param>
    /// <exception cref="KerasException">The cell cannot take such an input.</exception>
    public abstract IReadOnlyList<Shape> StateShapes(Shape input);

    /// <summary>Computes one step.</summary>
    /// <param name="input">The input of this step.</param>
    /// <param name="states">The states before it.</param>
    /// <param name="training">Whether this is a training step.</param>
    /// <returns>The output, and the states after it in the order of <see cref="StateShapes"/>.</returns>
    public abstract (Tensor Output, IReadOnlyList<Tensor> States) Step(Tensor input, IReadOnlyList<Tensor> states, bool training);

    /// <summary>The output shape of one step; by default that of the first state.</summary>
    /// <param name="input">The shape of the input of one step, batch axis first.</param>
    public override Shape ComputeOutputShape(Shape input) => StateShapes(input)[0];

    /// <inheritdoc/>
    public sealed override Shape ComputeOutputShape(IReadOnlyList<Shape> inputs) => ComputeOutputShapes(inputs)[0];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputs)
    {
        var output = ComputeOutputShape(inputs[0]);
        var states = StateShapes(inputs[0]);
        RecurrentStates.Check(this, inputs, states);
        return [output, .. states];
    }

    /// <summary>
    /// Prepares a pass over a whole sequence: what does not depend on the states is done here, once for all steps (the product with the kernel), and random masks
    /// are drawn here, because they hold for all steps. By default every step is a call of <see cref="Step"/>.
    /// </summary>
    /// <param name="sequence">All inputs, <c>(N, steps, …)</c>.</param>
    /// <param name="training">Whether this is a training step.</param>
    protected internal virtual CellStep Begin(Tensor sequence, bool training) => (step, states) => Step(sequence.select(1, step), states, training);

    /// <summary>The states before the first step; zeros by default.</summary>
    /// <param name="input">The input of the first step.</param>
    protected internal virtual IReadOnlyList<Tensor> InitialStates(Tensor input) =>
        [.. StateShapes(Shape.Of(input)).Select(s => torch.zeros(s.ToArray(), input.dtype, input.device))];

    /// <inheritdoc/>
    protected sealed override void Build(IReadOnlyList<Shape> inputs) => Build(inputs[0]);

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(Tensor input, bool training) => Step(input, InitialStates(input), training).Output;

    /// <inheritdoc/>
    protected internal sealed override Tensor Forward(IReadOnlyList<Tensor> inputs, bool training) => ForwardMany(inputs, training)[0];

    /// <inheritdoc/>
    protected internal sealed override IReadOnlyList<Tensor> ForwardMany(IReadOnlyList<Tensor> inputs, bool training)
    {
        var (output, states) = Step(inputs[0], inputs.Count > 1 ? [.. inputs.Skip(1)] : InitialStates(inputs[0]), training);
        // Output and first state are one tensor in most cells; a plan wants one object per output.
        return [output, .. states.Select(s => ReferenceEquals(s, output) ? s.alias() : s)];
    }
}
