namespace DeepKeras.Data;

/// <summary>Picks rows of a tensor in a given order: by copying memory where it lies dense on the CPU, else by torch.</summary>
internal static class RowGather
{
    public static Tensor Take(Tensor whole, ReadOnlySpan<long> rows)
    {
        if (whole.device_type != DeviceType.CPU || !whole.is_contiguous() || whole.requires_grad) return TakeByIndex(whole, rows);
        var shape = whole.shape;
        var total = whole.NumberOfElements * whole.dtype.ElementSize();
        if (total > int.MaxValue) return TakeByIndex(whole, rows);
        var stride = shape[0] == 0 ? 0 : (int)(total / shape[0]);
        shape = [rows.Length, .. shape[1..]];
        var taken = torch.empty(shape, whole.dtype);
        ReadOnlySpan<byte> from = whole.bytes;
        var to = taken.bytes;
        for (var i = 0; i < rows.Length; i++) from.Slice((int)rows[i] * stride, stride).CopyTo(to[(i * stride)..]);
        return taken;
    }

    private static Tensor TakeByIndex(Tensor whole, ReadOnlySpan<long> rows)
    {
        using var index = torch.tensor(rows.ToArray());
        using var there = index.to(whole.device);
        return whole.index_select(0, there);
    }
}
