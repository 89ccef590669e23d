namespace DeepKeras.Serialization;

/// <summary>A tensor as a pickle describes it: a window into a storage.</summary>
/// <param name="Storage">Where its numbers are.</param>
/// <param name="First">The element of the whole block that is its first.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Strides">For each axis, the distance of neighbours in elements.</param>
/// <param name="Span">How many elements there are from its first to its last, both counted.</param>
internal sealed record PickleTensor(PickleStorage Storage, long First, long[] Shape, long[] Strides, long Span)
{
    private const int MostAxes = 64;

    /// <summary>Elements that may be repeated by a stride of 0 without being in the file: a file must not ask for more memory than it fills.</summary>
    private const long RepeatLimit = 1 << 24;

    public static PickleTensor Create(PickleStorage storage, long offset, object?[] size, object?[] stride, string source)
    {
        var (shape, strides) = (Numbers(size), Numbers(stride));
        if (shape is null || strides is null || shape.Length != strides.Length || shape.Length > MostAxes || offset < 0) throw Bad("its extents, strides and offset are not as many numbers of at least 0");
        UInt128 count = 1;
        Int128 last = offset;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            count *= (ulong)shape[axis];
            if (count > long.MaxValue) throw Bad($"its shape {new Shape(shape)} is larger than any file");
            last += (Int128)Math.Max(shape[axis] - 1, 0) * strides[axis];
        }
        // Without elements it reads nothing, wherever it points to.
        if (count == 0) return new PickleTensor(storage, 0, shape, strides, 0);
        if (last >= storage.ViewCount) throw Bad($"its shape {new Shape(shape)} with strides {new Shape(strides)} from element {offset} on needs {last + 1} elements but the storage has {storage.ViewCount}");
        if (count > (UInt128)Math.Max(storage.ViewCount, RepeatLimit)) throw Bad($"its shape {new Shape(shape)} repeats the {storage.ViewCount} elements of the storage more often than is read");
        return new PickleTensor(storage, storage.ViewOffset + offset, shape, strides, (long)last - offset + 1);

        KerasException Bad(string problem) => Throw.PyTorchFile(source, $"a tensor in storage '{storage.Key}': {problem}");
    }

    /// <summary>Whether the elements lie one behind the other in the order of the shape.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected) return false;
                expected *= Shape[axis];
            }
            return true;
        }
    }

    private static long[]? Numbers(object?[] values) =>
        Array.TrueForAll(values, v => v is long and >= 0) ? [.. values.Select(v => (long)v!)] : null;
}
