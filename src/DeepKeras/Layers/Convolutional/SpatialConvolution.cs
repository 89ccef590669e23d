namespace DeepKeras.Layers;

/// <summary>torch's convolutions of (N, C, …) tensors with one, two or three spatial axes; every list has one entry per axis.</summary>
internal static class SpatialConvolution
{
    /// <summary>A convolution with the border that the windows ask for; one that differs from side to side costs one extra operation.</summary>
    public static Tensor Forward(Tensor native, Tensor kernel, Tensor? bias, SlidingWindow[] windows, long[] strides, long[] dilation, bool isCausal, long groups)
    {
        var axes = windows.Length;
        var padding = new long[axes];
        var border = new long[2 * axes];
        var isSymmetric = true;
        for (var i = 0; i < axes; i++)
        {
            var (before, after) = windows[i].Border(native.size(i + 2), isCausal);
            isSymmetric &= before == after;
            padding[i] = before;
            // torch's pad counts axes from the last.
            (border[2 * (axes - 1 - i)], border[(2 * (axes - 1 - i)) + 1]) = (before, after);
        }
        return isSymmetric
            ? Forward(native, kernel, bias, strides, padding, dilation, groups)
            : Forward(torch.nn.functional.pad(native, border), kernel, bias, strides, new long[axes], dilation, groups);
    }

    /// <summary>A convolution; the same padding on both sides of an axis.</summary>
    public static Tensor Forward(Tensor native, Tensor kernel, Tensor? bias, long[] strides, long[] padding, long[] dilation, long groups) => strides.Length switch
    {
        1 => torch.nn.functional.conv1d(native, kernel, bias, strides[0], padding[0], dilation[0], groups),
        2 => torch.nn.functional.conv2d(native, kernel, bias, strides, padding, dilation, groups),
        _ => torch.nn.functional.conv3d(native, kernel, bias, strides, padding, dilation, groups),
    };

    /// <summary>A transposed convolution.</summary>
    public static Tensor Transposed(Tensor native, Tensor kernel, Tensor? bias, TransposedWindow[] windows, long[] strides, long[] dilation)
    {
        var padding = Array.ConvertAll(windows, w => w.CropBefore);
        var extra = Array.ConvertAll(windows, w => w.Extra);
        var enlarged = strides.Length switch
        {
            1 => torch.nn.functional.conv_transpose1d(native, kernel, bias, strides[0], padding[0], extra[0], dilation[0], 1),
            2 => torch.nn.functional.conv_transpose2d(native, kernel, bias, strides, padding, extra, dilation, 1),
            _ => torch.nn.functional.conv_transpose3d(native, kernel, bias, strides, padding, extra, dilation, 1),
        };
        // torch cuts as much after as before; where TensorFlow cuts one cell more after, it is cut here.
        for (var i = 0; i < windows.Length; i++)
        {
            if (windows[i].CropAfter > 0) enlarged = enlarged.narrow(i + 2, 0, enlarged.size(i + 2) - windows[i].CropAfter);
        }
        return enlarged;
    }
}
