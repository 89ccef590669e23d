using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// An <see cref="LSTM"/> over sequences of volumes, with convolutions in place of matrix products: <c>c = f · c₋₁ + i · activation(…), h = o · activation(c)</c>
/// with the gates <c>i, f, o = recurrent_activation(x ∗ kernel + h₋₁ ∗ recurrent_kernel + bias)</c> (Keras: <c>keras.layers.ConvLSTM3D</c>; Shi et al. 2015).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, steps, D, H, W, C) → (N, D′, H′, W′, filters)</c> with the extents of <see cref="Conv3D"/>, and a steps axis with <c>returnSequences</c>; two states in the shape of the output of one step.
/// Kernel <c>(k, k, k, C, 4 · filters)</c>, recurrent kernel <c>(k, k, k, filters, 4 · filters)</c>, bias <c>(4 · filters)</c>, each in the order i, f, c, o.
/// <code>var t = ConvLSTM3D(8, 3)(Input((10, 8, 16, 16, 1))); // (None, 6, 14, 14, 8)</code>
/// </remarks>
public sealed class ConvLSTM3D : ConvLSTMBase<Size3D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Extents of the window, for the input and for the state.</param>
    /// <param name="strides">Cells from one window of the input to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>, for the input; the state keeps its extents.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, steps, D, H, W, C), the default, or <c>"channels_first"</c> with the channels behind the steps.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the input's window; 1 by default. Not together with strides above 1.</param>
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
    /// <param name="dropout">The share of the input that training drops, from 0 to below 1; one draw for each gate holds for all steps of a sequence.</param>
    /// <param name="recurrentDropout">The share of the state that training drops, from 0 to below 1; one draw for each gate holds for all steps of a sequence.</param>
    /// <param name="seed">Gives the dropout random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="returnSequences">Whether the outputs of all steps are returned instead of the last one.</param>
    /// <param name="returnState">Whether the states after the last step are returned as further outputs.</param>
    /// <param name="goBackwards">Whether the sequence is read from its end; outputs come in the order of reading.</param>
    /// <param name="stateful">Whether a batch starts from the states that the batch before ended with; all batches must have one size then.</param>
    /// <param name="zeroOutputForMask">Whether masked steps give zeros instead of the output before.</param>
    /// <param name="inputShape">Shape of one sequence where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, the padding is a number, strides meet dilation, or a rate is not from 0 to below 1.</exception>
    public ConvLSTM3D(
        long filters,
        Size3D kernelSize,
        Size3D? strides = null,
        Padding padding = default,
        DataFormat dataFormat = default,
        Size3D? dilationRate = null,
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
        bool zeroOutputForMask = false,
        Shape? inputShape = null,
        string? name = null)
        : base(filters, kernelSize, strides ?? 1, padding, dataFormat, dilationRate ?? 1, activation, recurrentActivation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, unitForgetBias, kernelRegularizer, recurrentRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, returnSequences, returnState, goBackwards, stateful, zeroOutputForMask, inputShape, name)
    {
    }
}
