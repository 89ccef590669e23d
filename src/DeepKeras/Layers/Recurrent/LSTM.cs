using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;
using DeepKeras.Serialization;

namespace DeepKeras.Layers;

/// <summary>
/// Long short-term memory over the steps of a sequence: <c>c = f · c₋₁ + i · activation(…), h = o · activation(c) with the gates i, f, o = recurrent_activation(x · kernel + h₋₁ · recurrent_kernel + bias)</c>
/// (Keras: <c>keras.layers.LSTM</c>; Hochreiter and Schmidhuber 1997).
/// </summary>
/// <remarks>
/// With the default activations and without <c>recurrentDropout</c> torch runs whole sequences by one call, masked ones too unless their states are wanted.
/// <para><b>Shapes</b> <c>(N, steps, features) → (N, units)</c>, with <c>returnSequences</c> <c>(N, steps, units)</c>, and two states <c>(N, units)</c>: output and memory with <c>returnState</c>; kernel <c>(features, 4 · units)</c>, recurrent kernel <c>(units, 4 · units)</c>, bias <c>(4 · units)</c>, each in the order i, f, c, o.</para>
/// <code>var t = LSTM(64, returnSequences: true)(Input((null, 8))); // (None, None, 64)
/// t = LSTM(64)(t);                                          // (None, 64)</code>
/// </remarks>
public sealed class LSTM : DenseRecurrentLayer
{
    private readonly LSTMCell _cell;

    /// <summary>Creates the layer.</summary>
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
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="kernelConstraint">Projection of the kernel of the input after each step of the optimizer.</param>
    /// <param name="recurrentConstraint">Projection of the kernel of the state after each step of the optimizer.</param>
    /// <param name="biasConstraint">Projection of the bias after each step of the optimizer.</param>
    /// <param name="dropout">The share of the input that training drops, from 0 to below 1; one draw holds for all steps of a sequence.</param>
    /// <param name="recurrentDropout">The share of the state that training drops, from 0 to below 1; one draw holds for all steps of a sequence.</param>
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are returned instead of the last one.</param>
    /// <param name="returnState">Whether the states after the last step are returned as further outputs.</param>
    /// <param name="goBackwards">Whether the sequence is read from its end; outputs come in the order of reading.</param>
    /// <param name="stateful">Whether a batch starts from the states that the batch before ended with; all batches must have one size then.</param>
    /// <param name="unroll">Kept for Keras's files; it changes nothing here.</param>
    /// <param name="zeroOutputForMask">Whether masked steps give zeros instead of the output before.</param>
    /// <param name="useCudnn"><c>"auto"</c> (default): torch runs whole sequences where the settings allow it; <see langword="true"/> refuses other settings, <see langword="false"/> goes step by step.</param>
    /// <param name="inputShape">Shape of one sequence where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="units"/> is not positive, a rate is not from 0 to below 1, or <paramref name="useCudnn"/> is true for settings that torch's kernel does not have.</exception>
    public LSTM(
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
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        int? seed = null,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        [LaterKeras] CudnnUse useCudnn = default,
        Shape? inputShape = null,
        string? name = null)
        : base(
            new LSTMCell(units, activation, recurrentActivation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, unitForgetBias, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, "lstm_cell"),
            returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, useCudnn, activityRegularizer, inputShape, name) => _cell = (LSTMCell)Cell;

    /// <summary>Function of the gates.</summary>
    public ActivationFunction RecurrentActivation => _cell.RecurrentActivation;

    /// <summary>Whether the forget gate's bias starts with ones.</summary>
    public bool UnitForgetBias => _cell.UnitForgetBias;

    /// <summary>Whether torch runs whole sequences.</summary>
    public CudnnUse UseCudnn => _cell.UseCudnn;
}
