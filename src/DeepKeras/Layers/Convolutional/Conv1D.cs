using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A convolution along a sequence: <c>output[t, f] = activation(Σ input[t·s + i·d, c] · kernel[i, c, f] + bias[f])</c> (Keras: <c>keras.layers.Conv1D</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, L′, filters)</c> with span = (kernel − 1) · dilation + 1:
/// "valid" L′ = ⌊(L − span) / stride⌋ + 1, "same" and "causal" L′ = ⌈L / stride⌉; kernel <c>(k, C / groups, filters)</c>, bias <c>(filters)</c>.
/// <code>var t = Conv1D(32, 3, padding: "causal", activation: "relu")(Input(100, 8)); // (None, 100, 32)</code>
/// </remarks>
public sealed class Conv1D : PlainConvBase<Size1D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Steps of the window.</param>
    /// <param name="strides">Steps from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c>, or <c>"causal"</c>: (kernel − 1) · dilation zeros before the first step, so that no output sees a later step.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="dilationRate">Distance between neighbouring steps of the window; 1 by default. Not together with strides above 1.</param>
    /// <param name="groups">Into how many independent blocks channels and filters are split; 1 by default. Both must be divisible by it.</param>
    /// <param name="activation">Function applied to the result; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">How the kernel is filled; <c>glorot_uniform</c> by default.</param>
    /// <param name="biasInitializer">How the bias is filled; zeros by default.</param>
    /// <param name="kernelRegularizer">Penalty on the kernel.</param>
    /// <param name="biasRegularizer">Penalty on the bias.</param>
    /// <param name="activityRegularizer">Penalty on the output.</param>
    /// <param name="kernelConstraint">Projection of the kernel after each step.</param>
    /// <param name="biasConstraint">Projection of the bias after each step.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A size is not positive, the padding is a number, strides meet dilation, or groups do not divide the filters.</exception>
    public Conv1D(
        long filters,
        Size1D kernelSize,
        Size1D? strides = null,
        SequencePadding padding = default,
        DataFormat dataFormat = default,
        Size1D? dilationRate = null,
        long groups = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(filters, kernelSize, strides ?? 1, padding, dataFormat, dilationRate ?? 1, groups, activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint, inputShape, name) => Padding = padding;

    /// <summary>How the ends are treated.</summary>
    public SequencePadding Padding { get; }
}
