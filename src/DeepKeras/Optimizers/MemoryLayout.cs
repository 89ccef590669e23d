namespace DeepKeras;

/// <summary>Shape and strides of a dense tensor, and how to walk it in the order of its memory (channels-last kernels are not in index order).</summary>
internal sealed class MemoryLayout
{
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly long[]? _memoryOrder;
    private readonly bool _isFlat;

    private MemoryLayout(long[] shape, long[] strides, long[]? memoryOrder)
    {
        _shape = shape;
        _strides = strides;
        _memoryOrder = memoryOrder;
        _isFlat = shape.Length == 1;
    }

    /// <summary>The layout of a tensor, or null when its elements do not fill their memory without gaps.</summary>
    public static MemoryLayout? Of(Tensor tensor)
    {
        var shape = tensor.shape;
        var strides = tensor.stride();
        if (tensor.is_contiguous()) return new MemoryLayout(shape, strides, null);
        long[] order = [.. Enumerable.Range(0, shape.Length).OrderByDescending(axis => strides[axis]).Select(axis => (long)axis)];
        using var sorted = tensor.permute(order);
        return sorted.is_contiguous() ? new MemoryLayout(shape, strides, order) : null;
    }

    /// <summary>A gradient of that shape as one axis, in the order of the weight's memory. Free where the gradient has the weight's strides.</summary>
    public Tensor Flatten(Tensor gradient)
    {
        if (_isFlat) return gradient;
        return (_memoryOrder is null ? gradient : gradient.permute(_memoryOrder)).reshape(-1);
    }

    /// <summary>The tensor of this layout that begins at an offset of a flat buffer.</summary>
    public Tensor View(Tensor flat, long offset) => flat.as_strided(_shape, _strides, offset);
}
