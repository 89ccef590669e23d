using TorchSharp.Modules;

namespace DeepKeras.Layers;

/// <summary>Makes the tensor behind a weight: right device, layout that torch's kernels like, a Parameter where it is trained.</summary>
internal static class WeightStorage
{
    /// <param name="values">The first values, in Keras's layout.</param>
    /// <param name="layout">For each native axis, the surface axis; null when they agree.</param>
    /// <param name="device">Where it shall live.</param>
    /// <param name="trainable">Whether gradients are wanted.</param>
    /// <param name="isFresh">Whether nobody else holds the memory of the values, so that it can be the weight's.</param>
    public static Tensor Create(Tensor values, int[]? layout, torch.Device device, bool trainable, bool isFresh = false)
    {
        using var scope = torch.NewDisposeScope();
        var native = layout is not null ? Arrange(values, layout) : isFresh && values.is_contiguous() ? values.alias() : values.clone();
        native = native.to(device).DetachFromDisposeScope();
        return trainable ? new Parameter(native).DetachFromDisposeScope() : native;
    }

    /// <summary>
    /// A permuted copy whose memory is channels-last: (out, in, h, w) to look at, (out, h, w, in) in memory. For other ranks it is simply contiguous.
    /// </summary>
    public static Tensor Arrange(Tensor values, int[] layout)
    {
        var permuted = values.permute([.. layout.Select(a => (long)a)]);
        if (permuted.ndim != 4) return permuted.contiguous();
        var last = permuted.permute(0, 2, 3, 1);
        // Copied even where it is contiguous: an axis of one cell may keep any stride then, and libtorch takes odd ones for another format.
        return torch.empty(last.shape, last.dtype, last.device).copy_(last).permute(0, 3, 1, 2);
    }
}
