using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using RNNModule = TorchSharp.Modules.RNN;

namespace DeepKeras.Layers;

/// <summary>
/// One step of a <see cref="SimpleRNN"/>: <c>h = activation(x · kernel + h₋₁ · recurrent_kernel + bias)</c>
/// (Keras: <c>keras.layers.SimpleRNNCell</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, features) → (N, units)</c> with one state <c>(N, units)</c>; kernel <c>(features, units)</c>, recurrent kernel <c>(units, units)</c>, bias <c>(units)</c>.
/// <code>var t = RNN(SimpleRNNCell(32))(Input((null, 8)));</code>
/// </remarks>
public sealed class SimpleRNNCell : DenseRecurrentCell, ISequenceKernel
{
    private RNNModule? _module;

    /// <summary>Creates the cell.</summary>
    /// <param name="units">Number of outputs, at least 1.</param>
    /// <param name="activation">Function applied to every output; <c>tanh</c> by default.</param>
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
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="units"/> is not positive, or a rate is not from 0 to below 1.</exception>
    public SimpleRNNCell(
        long units,
        ActivationFunction? activation = null,
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
        int? seed = null,
        string? name = null)
        : base(1, units, activation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, name)
    {
    }

    /// <inheritdoc/>
    bool ISequenceKernel.Takes(bool training) => _module is not null && IsWide && !(training && RecurrentDropout > 0);

    /// <inheritdoc/>
    (Tensor Outputs, IReadOnlyList<Tensor> States) ISequenceKernel.Run(Tensor sequence, IReadOnlyList<Tensor> states, bool training)
    {
        var (outputs, last) = _module!.call(Thinned(sequence, training), states[0].contiguous().unsqueeze(0));
        return (outputs, [last.squeeze(0)]);
    }

    private protected override torch.nn.Module? CreateModule(long features) => _module = Activation.Name switch
    {
        "tanh" => torch.nn.RNN(features, Units, 1, torch.nn.NonLinearities.Tanh, UseBias, true, 0, false, Keras.Device, Dtype),
        "relu" => torch.nn.RNN(features, Units, 1, torch.nn.NonLinearities.ReLU, UseBias, true, 0, false, Keras.Device, Dtype),
        _ => null,
    };

    private protected override CellStep Begin(Tensor[] inputs, Tensor[]? masks)
    {
        var kernel = RecurrentPart(0, 1);
        return (step, states) =>
        {
            var output = Activation.Function(Recur(inputs[step], states[0], kernel, masks));
            return (output, [output]);
        };
    }
}
