using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A plain recurrent layer over the steps of a sequence: <c>h = activation(x · kernel + h₋₁ · recurrent_kernel + bias)</c>
/// (Keras: <c>keras.layers.SimpleRNN</c>).
/// </summary>
/// <remarks>
/// With <c>tanh</c> or <c>relu</c> and without <c>recurrentDropout</c> torch runs whole sequences by one call.
/// <para><b>Shapes</b> <c>(N, steps, features) → (N, units)</c>, with <c>returnSequences</c> <c>(N, steps, units)</c>, and one state <c>(N, units)</c> with <c>returnState</c>; kernel <c>(features, units)</c>, recurrent kernel <c>(units, units)</c>, bias <c>(units)</c>.</para>
/// <code>var t = SimpleRNN(32)(Input((null, 8))); // (None, 32)</code>
/// </remarks>
public sealed class SimpleRNN : DenseRecurrentLayer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="units">Number of outputs, at least 1.</param>
    /// <param name="activation">Function applied to every output; <c>tanh</c> by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel of the input is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="recurrentInitializer">How the kernel of the state is filled; <c>orthogonal</c> by default.</param>
    /// <param name="biasInitializer">How the bias is filled; zeros by default.</param>
    /// <param name="kernelRegularizer">Penalty on the kernel of the input.</param>
    /// <param name="recurrentRegularizer">Penalty on the kernel of the state.</param>
    /// <param name="biasRegularizer">Penalty on the bias.</param>
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="kernelConstraint">Projection of the kernel of the input after each step of the optimizer.</param>
    /// <param name="recurrentConstraint">Projection of the kernel of the state after each step of the optimizer.</param>
    /// <param name="biasConstraint">Projection of the bias after each step of the optimizer.</param>
    /// <param name="dropout">The share of the input that training drops, from 0 to below 1; one draw holds for all steps of a sequence.</param>
    /// <param name="recurrentDropout">The share of the state that training drops, from 0 to below 1; one draw holds for all steps of a sequence.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are returned instead of the last one.</param>
    /// <param name="returnState">Whether the states after the last step are returned as further outputs.</param>
    /// <param name="goBackwards">Whether the sequence is read from its end; outputs come in the order of reading.</param>
    /// <param name="stateful">Whether a batch starts from the states that the batch before ended with; all batches must have one size then.</param>
    /// <param name="unroll">Kept for Keras's files; it changes nothing here.</param>
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="zeroOutputForMask">Whether masked steps give zeros instead of the output before.</param>
    /// <param name="inputShape">Shape of one sequence where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException"><paramref name="units"/> is not positive, or a rate is not from 0 to below 1.</exception>
    public SimpleRNN(
        long units,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        int? seed = null,
        bool zeroOutputForMask = false,
        Shape? inputShape = null,
        string? name = null)
        : base(
            new SimpleRNNCell(units, activation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, "simple_rnn_cell"),
            returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, default, activityRegularizer, inputShape, name)
    {
    }
}
