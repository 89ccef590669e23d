using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// The transpose of a convolution, which lengthens sequences: every input step adds <c>input · kernel</c> to a window of the output, windows a stride apart
/// (Keras: <c>keras.layers.Conv1DTranspose</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, L′, filters)</c> with span = (kernel − 1) · dilation + 1 and o = outputPadding:
/// "valid" L′ = (L − 1) · stride + max(span, stride), or (L − 1) · stride + span + o; "same" L′ = L · stride, or (L − 1) · stride + span mod 2 + o.
/// Kernel <c>(k, filters, C)</c>, bias <c>(filters)</c>.
/// <code>var t = Conv1DTranspose(16, 3, strides: 2, padding: "same")(Input(50, 32)); // (None, 100, 16)</code>
/// </remarks>
public sealed class Conv1DTranspose : TransposedConvBase<Size1D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Steps of the window.</param>
    /// <param name="strides">Steps from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="outputPadding">Steps added after the last, below the stride; by default as many as make the sizes above.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="dilationRate">Distance between neighbouring steps of the window; 1 by default. Not together with strides above 1.</param>
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
    /// <exception cref="KerasException">A size is not positive, the padding is a number, strides meet dilation, or outputPadding is not below the strides.</exception>
    public Conv1DTranspose(
        long filters,
        Size1D kernelSize,
        Size1D? strides = null,
        Padding padding = default,
        Size1D? outputPadding = null,
        DataFormat dataFormat = default,
        Size1D? dilationRate = null,
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
        : base(filters, kernelSize, strides ?? 1, padding, outputPadding, dataFormat, dilationRate ?? 1, activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint, inputShape, name)
    {
    }
}
