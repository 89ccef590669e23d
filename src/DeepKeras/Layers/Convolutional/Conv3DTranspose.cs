using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// The transpose of a three-dimensional convolution, which enlarges volumes: every input cell adds <c>input · kernel</c> to a window of the output,
/// windows a stride apart (Keras: <c>keras.layers.Conv3DTranspose</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C) → (N, D′, H′, W′, filters)</c> with span = (kernel − 1) · dilation + 1 and o = outputPadding:
/// "valid" D′ = (D − 1) · stride + max(span, stride), or (D − 1) · stride + span + o; "same" D′ = D · stride, or (D − 1) · stride + span mod 2 + o; H′ and W′ alike.
/// Kernel <c>(kd, kh, kw, filters, C)</c>, bias <c>(filters)</c>.
/// <code>var t = Conv3DTranspose(16, 3, strides: 2, padding: "same")(Input(8, 14, 14, 32)); // (None, 16, 28, 28, 16)</code>
/// </remarks>
public sealed class Conv3DTranspose : TransposedConvBase<Size3D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the window: <c>3</c> or <c>(3, 5, 5)</c>.</param>
    /// <param name="strides">Cells from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="outputPadding">Slices, rows and columns added behind, at the bottom and right, each below its stride; by default as many as make the sizes above.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window; 1 by default. Not together with strides above 1.</param>
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
    public Conv3DTranspose(
        long filters,
        Size3D kernelSize,
        Size3D? strides = null,
        Padding padding = default,
        DataFormat dataFormat = default,
        Size3D? outputPadding = null,
        Size3D? dilationRate = null,
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
