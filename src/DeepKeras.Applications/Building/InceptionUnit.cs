using DeepKeras.Initializers;

namespace DeepKeras.Applications.Building;

/// <summary>
/// What the Inception networks are made of: a convolution without bias, batch normalization (epsilon 0.001), ReLU. The layers of the unit "x" are
/// <c>x_conv</c>, <c>x_bn</c> and <c>x_relu</c>.
/// </summary>
/// <param name="fill">Makes the initializer of each kernel; <c>glorot_uniform</c> where null.</param>
internal sealed class InceptionUnit(Func<Initializer>? fill = null)
{
    /// <summary>Half a window of zeros on every side, so that the size stays at stride 1.</summary>
    public KerasTensor Same(KerasTensor x, string name, int filters, Size2D kernel, int strides = 1) =>
        Apply(x, name, filters, kernel, strides, ((int)kernel.Height / 2, (int)kernel.Width / 2));

    /// <summary>Without a border.</summary>
    public KerasTensor Valid(KerasTensor x, string name, int filters, Size2D kernel, int strides = 1) =>
        Apply(x, name, filters, kernel, strides, Padding.Valid);

    /// <summary>Several units that keep the size, one behind the other: <c>name_1</c>, <c>name_2</c> ….</summary>
    public KerasTensor Chain(KerasTensor x, string name, params ReadOnlySpan<(int Filters, Size2D Kernel)> steps)
    {
        for (var i = 0; i < steps.Length; i++) x = Same(x, $"{name}_{i + 1}", steps[i].Filters, steps[i].Kernel);
        return x;
    }

    private KerasTensor Apply(KerasTensor x, string name, int filters, Size2D kernel, int strides, Padding padding)
    {
        x = Conv2D(filters, kernel, strides, padding, useBias: false, kernelInitializer: fill?.Invoke(), name: $"{name}_conv")(x);
        x = BatchNormalization(momentum: 0.9, epsilon: 1e-3, name: $"{name}_bn")(x);
        return Activation("relu", name: $"{name}_relu")(x);
    }
}
