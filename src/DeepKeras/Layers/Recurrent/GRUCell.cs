using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using GRUModule = TorchSharp.Modules.GRU;

namespace DeepKeras.Layers;

/// <summary>
/// One step of a <see cref="GRU"/>: <c>h = z · h₋₁ + (1 − z) · activation(x · kernel + r · (h₋₁ · recurrent_kernel)) with the gates z, r = recurrent_activation(…)</c>
/// (Keras: <c>keras.layers.GRUCell</c>; Cho et al. 2014).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, features) → (N, units)</c> with one state <c>(N, units)</c>; kernel <c>(features, 3 · units)</c>, recurrent kernel <c>(units, 3 · units)</c>, each in the order z, r, h; bias <c>(2, 3 · units)</c>, one row for the input and one for the state, or <c>(3 · units)</c> without <c>resetAfter</c>.
/// <code>var t = RNN(GRUCell(32))(Input((null, 8)));</code>
/// </remarks>
public sealed class GRUCell : DenseRecurrentCell, ISequenceKernel
{
    private GRUModule? _module;
    private (int Kernel, int Recurrent, int Bias)? _packed;

    /// <summary>Creates the cell.</summary>
    /// <param name="units">Number of outputs, at least 1.</param>
    /// <param name="activation">Function of what is written into the state; <c>tanh</c> by default.</param>
    /// <param name="recurrentActivation">Function of the gates; <c>sigmoid</c> by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel of the input is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="recurrentInitializer">How the kernel of the state is filled; <c>orthogonal</c> by default.</param>
    /// <param name="biasInitializer">How the bias is filled; zeros by default.</param>
    /// <param name="kernelRegularizer">Penalty on the kernel of the input.</param>
    /// <param name="recurrentRegularizer">Penalty on the kernel of the state.</param>
    /// <param name="biasRegularizer">Penalty on the bias.</param>
    /// <param name="kernelConstraint">Projection of the kernel of the input after each step of the optimizer.</param>
    /// <param name="recurrentConstraint">Projection of the kernel of the state after each step of the optimizer.</param>
    /// <param name="biasConstraint">Projection of the bias after each step of the optimizer.</param>
    /// <param name="dropout">The share of the input that training drops, from 0 to below 1; one draw holds for all steps of a sequence.</param>
    /// <param name="recurrentDropout">The share of the state that training drops, from 0 to below 1; one draw holds for all steps of a sequence.</param>
    /// <param name="resetAfter">Whether the reset gate acts behind the product with the kernel (as in cuDNN and PyTorch) instead of before it.</param>
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="units"/> is not positive, or a rate is not from 0 to below 1.</exception>
    public GRUCell(
        long units,
        ActivationFunction? activation = null,
        ActivationFunction? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool resetAfter = true,
        int? seed = null,
        string? name = null)
        : base(3, units, activation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, name)
    {
        RecurrentActivation = recurrentActivation ?? "sigmoid";
        ResetAfter = resetAfter;
    }

    /// <summary>Function of the gates.</summary>
    public ActivationFunction RecurrentActivation { get; }

    /// <summary>Whether the reset gate acts behind the product with the kernel.</summary>
    public bool ResetAfter { get; }

    private protected override Shape BiasShape => ResetAfter ? new(2, 3 * Units) : base.BiasShape;

    /// <inheritdoc/>
    internal override string? KernelObstacle => !HasUsualFunctions ? $"the activations {Activation} and {RecurrentActivation}" : !ResetAfter ? "resetAfter: false" : base.KernelObstacle;

    private bool HasUsualFunctions => Activation.Name == "tanh" && RecurrentActivation.Name == "sigmoid";

    /// <inheritdoc/>
    bool ISequenceKernel.Takes(bool training) => _module is not null && IsWide && !training && !torch.is_grad_enabled();

    /// <inheritdoc/>
    (Tensor Outputs, IReadOnlyList<Tensor> States) ISequenceKernel.Run(Tensor sequence, IReadOnlyList<Tensor> states, bool training)
    {
        Pack();
        var (outputs, last) = _module!.call(sequence, states[0].contiguous().unsqueeze(0));
        return (outputs, [last.squeeze(0)]);
    }

    private protected override Tensor? InputBias() => ResetAfter ? Bias?.Native.select(0, 0) : base.InputBias();

    // torch orders the gates r, z, n where Keras has z, r, h, so the module holds a copy; a copy has no gradients, and training goes step by step.
    private protected override torch.nn.Module? CreateModule(long features)
    {
        if (ResetAfter && HasUsualFunctions) _module = torch.nn.GRU(features, Units, 1, UseBias, true, 0, false, Keras.Device, Dtype);
        return null;
    }

    private protected override CellStep Begin(Tensor[] inputs, Tensor[]? masks) => ResetAfter ? BeginResetAfter(inputs, masks) : BeginResetBefore(inputs, masks);

    private CellStep BeginResetAfter(Tensor[] inputs, Tensor[]? masks)
    {
        var kernel = RecurrentPart(0, 3);
        var bias = Bias?.Native.select(0, 1);
        return (step, states) =>
        {
            var (input, inner) = (inputs[step], Recur(bias, states[0], kernel, masks));
            var gates = Squash(RecurrentActivation, input.narrow(1, 0, 2 * Units).add(inner.narrow(1, 0, 2 * Units)), 2);
            var written = Activation.Function(input.narrow(1, 2 * Units, Units).addcmul(gates[1], inner.narrow(1, 2 * Units, Units), 1));
            var output = written.lerp(states[0], gates[0]);
            return (output, [output]);
        };
    }

    private CellStep BeginResetBefore(Tensor[] inputs, Tensor[]? masks)
    {
        var (gateKernel, kernel) = (RecurrentPart(0, 2), RecurrentPart(2, 1));
        return (step, states) =>
        {
            var input = inputs[step];
            var gates = Squash(RecurrentActivation, Recur(input.narrow(1, 0, 2 * Units), states[0], gateKernel, masks?[..2]), 2);
            var kept = masks is null ? states[0] : states[0].mul(masks[2]);
            var written = Activation.Function(torch.addmm(input.narrow(1, 2 * Units, Units), gates[1].mul(kept), kernel, 1, 1));
            var output = written.lerp(states[0], gates[0]);
            return (output, [output]);
        };
    }

    private void Pack()
    {
        lock (_module!)
        {
            var now = Version();
            if (now is not null && now == _packed) return;
            using var scope = torch.NewDisposeScope();
            foreach (var (name, parameter) in _module.named_parameters())
            {
                var source = name switch
                {
                    "weight_ih_l0" => Kernel,
                    "weight_hh_l0" => RecurrentKernel,
                    "bias_ih_l0" => Bias!.Native.select(0, 0),
                    _ => Bias!.Native.select(0, 1),
                };
                var gates = source.chunk(3, 0);
                parameter.copy_(torch.cat([gates[1], gates[0], gates[2]], 0));
            }
            _packed = now;
        }
    }
}
