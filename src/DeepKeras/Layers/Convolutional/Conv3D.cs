using DeepKeras.Activations;
using DeepKeras.Constraints;
using DeepKeras.Initializers;
using DeepKeras.Regularizers;

namespace DeepKeras.Layers;

/// <summary>
/// A three-dimensional convolution, for volumes and films:
/// <c>output[z, y, x, f] = activation(Σ input[z·s + h·d, y·s + i·d, x·s + j·d, c] · kernel[h, i, j, c, f] + bias[f])</c> (Keras: <c>keras.layers.Conv3D</c>).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C) → (N, D′, H′, W′, filters)</c> with span = (kernel − 1) · dilation + 1:
/// "valid" D′ = ⌊(D − span) / stride⌋ + 1, "same" D′ = ⌈D / stride⌉, H′ and W′ alike; kernel <c>(kd, kh, kw, C / groups, filters)</c>, bias <c>(filters)</c>.
/// <code>var t = Conv3D(32, 3, padding: "same", activation: "relu")(Input(16, 28, 28, 1)); // (None, 16, 28, 28, 32)</code>
/// </remarks>
public sealed class Conv3D : PlainConvBase<Size3D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">Number of output channels, at least 1.</param>
    /// <param name="kernelSize">Depth, height and width of the window: <c>3</c> or <c>(3, 5, 5)</c>.</param>
    /// <param name="strides">Cells from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default) or <c>"same"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window; 1 by default. Not together with strides above 1.</param>
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
    public Conv3D(
        long filters,
        Size3D kernelSize,
        Size3D? strides = null,
        Padding padding = default,
        DataFormat dataFormat = default,
        Size3D? dilationRate = null,
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

    /// <summary>How the border is treated.</summary>
    public Padding Padding { get; }
}
