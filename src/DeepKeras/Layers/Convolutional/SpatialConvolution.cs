namespace DeepKeras.Layers;

/// <summary>torch's convolutions of (N, C, …) tensors with one spatial axis or three; every list has one entry per axis.</summary>
internal static class SpatialConvolution
{
    /// <summary>A convolution; the same padding on both sides of an axis.</summary>
    public static Tensor Forward(Tensor native, Tensor kernel, Tensor? bias, long[] strides, long[] padding, long[] dilation, long groups) => strides.Length == 1
        ? torch.nn.functional.conv1d(native, kernel, bias, strides[0], padding[0], dilation[0], groups)
        : torch.nn.functional.conv3d(native, kernel, bias, strides, padding, dilation, groups);

    /// <summary>A transposed convolution.</summary>
    public static Tensor Transposed(Tensor native, Tensor kernel, Tensor? bias, long[] strides, long[] padding, long[] outputPadding, long[] dilation) => strides.Length == 1
        ? torch.nn.functional.conv_transpose1d(native, kernel, bias, strides[0], padding[0], outputPadding[0], dilation[0], 1)
        : torch.nn.functional.conv_transpose3d(native, kernel, bias, strides, padding, outputPadding, dilation, 1);
}
