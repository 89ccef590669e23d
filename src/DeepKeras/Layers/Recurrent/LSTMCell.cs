using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using LSTMModule = TorchSharp.Modules.LSTM;

namespace DeepKeras.Layers;

/// <summary>
/// One step of an <see cref="LSTM"/>: <c>c = f · c₋₁ + i · activation(…), h = o · activation(c) with the gates i, f, o = recurrent_activation(x · kernel + h₋₁ · recurrent_kernel + bias)</c>
/// (Keras: <c>keras.layers.LSTMCell</c>; Hochreiter and Schmidhuber 1997).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, features) → (N, units)</c> with two states <c>(N, units)</c>: output and memory; kernel <c>(features, 4 · units)</c>, recurrent kernel <c>(units, 4 · units)</c>, bias <c>(4 · units)</c>, each in the order i, f, c, o.
/// <code>var t = RNN(LSTMCell(32))(Input((null, 8)));</code>
/// </remarks>
public sealed class LSTMCell : DenseRecurrentCell, ISequenceKernel
{
    private LSTMModule? _module;

    /// <summary>Creates the cell.</summary>
    /// <param name="units">Number of outputs, at least 1.</param>
    /// <param name="activation">Function of what is written into the memory and read from it; <c>tanh</c> by default.</param>
    /// <param name="recurrentActivation">Function of the gates; <c>sigmoid</c> by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel of the input is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="recurrentInitializer">How the kernel of the state is filled; <c>orthogonal</c> by default.</param>
    /// <param name="biasInitializer">How the bias is filled; zeros by default, but for the forget gate.</param>
    /// <param name="unitForgetBias">Whether the forget gate's bias starts with ones, so that the cell remembers at first.</param>
    /// <param name="kernelRegularizer">Penalty on the kernel of the input.</param>
    /// <param name="recurrentRegularizer">Penalty on the kernel of the state.</param>
    /// <param name="biasRegularizer">Penalty on the bias.</param>
    /// <param name="kernelConstraint">Projection of the kernel of the input after each step of the optimizer.</param>
    /// <param name="recurrentConstraint">Projection of the kernel of the state after each step of the optimizer.</param>
    /// <param name="biasConstraint">Projection of the bias after each step of the optimizer.</param>
    /// <param name="dropout">The share of the input that training drops, from 0 to below 1; one draw holds for all steps of a sequence.</param>
    /// <param name="recurrentDropout">The share of the state that training drops, from 0 to below 1; one draw holds for all steps of a sequence.</param>
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="units"/> is not positive, or a rate is not from 0 to below 1.</exception>
    public LSTMCell(
        long units,
        ActivationFunction? activation = null,
        ActivationFunction? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        int? seed = null,
        string? name = null)
        : base(4, units, activation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, name)
    {
        RecurrentActivation = recurrentActivation ?? "sigmoid";
        UnitForgetBias = unitForgetBias;
    }

    /// <summary>Function of the gates.</summary>
    public ActivationFunction RecurrentActivation { get; }

    /// <summary>Whether the forget gate's bias starts with ones.</summary>
    public bool UnitForgetBias { get; }

    private protected override Initializer FirstBias => UnitForgetBias ? new UnitForgetBias(BiasInitializer) : BiasInitializer;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> StateShapes(Shape input)
    {
        var output = base.StateShapes(input)[0];
        return [output, output];
    }

    /// <inheritdoc/>
    internal override string? KernelObstacle => !HasUsualFunctions ? $"the activations {Activation} and {RecurrentActivation}" : base.KernelObstacle;

    private bool HasUsualFunctions => Activation.Name == "tanh" && RecurrentActivation.Name == "sigmoid";

    /// <inheritdoc/>
    bool ISequenceKernel.Takes(bool training) => _module is not null && IsWide && !(training && RecurrentDropout > 0);

    /// <inheritdoc/>
    (Tensor Outputs, IReadOnlyList<Tensor> States) ISequenceKernel.Run(Tensor sequence, IReadOnlyList<Tensor> states, bool training)
    {
        var (outputs, output, memory) = _module!.call(Thinned(sequence, training), (states[0].contiguous().unsqueeze(0), states[1].contiguous().unsqueeze(0)));
        return (outputs, [output.squeeze(0), memory.squeeze(0)]);
    }

    // Keras and torch order the gates alike: i, f, c (torch says g), o.
    private protected override torch.nn.Module? CreateModule(long features) => _module = HasUsualFunctions
        ? torch.nn.LSTM(features, Units, 1, UseBias, true, 0, false, Keras.Device, Dtype)
        : null;

    private protected override CellStep Begin(Tensor[] inputs, Tensor[]? masks)
    {
        var kernel = RecurrentPart(0, 4);
        return (step, states) =>
        {
            var sums = Recur(inputs[step], states[0], kernel, masks);
            var gates = Squash(RecurrentActivation, sums.narrow(1, 0, 2 * Units), 2);
            var written = Activation.Function(sums.narrow(1, 2 * Units, Units));
            var shown = RecurrentActivation.Function(sums.narrow(1, 3 * Units, Units));
            var memory = gates[1].mul(states[1]).addcmul(gates[0], written, 1);
            var output = shown.mul(Activation.Function(memory));
            return (output, [output, memory]);
        };
    }
}
