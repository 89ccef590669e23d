using DeepKeras.Layers;

namespace DeepKeras;

/// <content>The shapes of results, without running anything.</content>
public static partial class Ops
{
    /// <summary>The shape that <see cref="Conv"/> gives, and every layer of convolutions.</summary>
    /// <remarks><code>var shape = Ops.ComputeConvOutputShape((null, 28, 28, 1), filters: 8, kernelSize: 3, strides: 2, dilationRate: 2);</code></remarks>
    /// <param name="inputShape">The shape of the input, batch included; <see langword="null"/> for open extents.</param>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelSize">The extents of the window, one number for all axes or one each.</param>
    /// <param name="strides">Cells from one window to the next; 1 by default.</param>
    /// <param name="padding"><c>"valid"</c> (default), <c>"same"</c> or <c>"causal"</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="dilationRate">Distance between neighbouring cells of the window; 1 by default.</param>
    /// <exception cref="KerasException">The shape is none of three to five axes, a size is not positive, or the window is larger than the input.</exception>
    public static Shape ComputeConvOutputShape(Shape inputShape, long filters, Shape kernelSize, Shape? strides = null, SequencePadding padding = default, DataFormat dataFormat = default, Shape? dilationRate = null)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(kernelSize);
        const string Where = "Ops.ComputeConvOutputShape";
        if (inputShape.Rank is < 3 or > 5) throw Throw.BadArgument(Where, nameof(inputShape), "of three axes (sequences), four (images) or five (volumes)", inputShape, "Give the batch axis, too.");
        var axes = inputShape.Rank - 2;
        var windows = Windows(Where, new(SpreadOver(Where, nameof(kernelSize), kernelSize, axes)), strides, padding.Extent, dilationRate);
        var extents = inputShape.Slice(SpatialAxes.First(dataFormat), axes);
        long?[] positions = [.. windows.Zip(extents, (window, extent) => window.Positions(extent))];
        return positions.Any(p => p < 1) ? throw Throw.WindowOutside(Where, windows, extents) : SpatialAxes.Write(inputShape, dataFormat, positions, filters);
    }

    /// <summary>The shape with one more axis of extent 1 (what <c>unsqueeze</c> gives).</summary>
    /// <remarks><code>var shape = Ops.ComputeExpandDimsOutputShape((2, 3), axis: -1);   // (2, 3, 1)</code></remarks>
    /// <param name="inputShape">A shape; <see langword="null"/> for open extents.</param>
    /// <param name="axis">Where the new axis stands afterwards; negative counts from the end.</param>
    /// <exception cref="KerasException">There is no such place.</exception>
    public static Shape ComputeExpandDimsOutputShape(Shape inputShape, int axis)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var rank = inputShape.Rank + 1;
        if (axis < -rank || axis >= rank) throw Throw.BadArgument("Ops.ComputeExpandDimsOutputShape", nameof(axis), $"between {-rank} and {rank - 1}", axis, $"The shape is {inputShape}.");
        var place = axis < 0 ? axis + rank : axis;
        return new([.. inputShape[..place], 1, .. inputShape[place..]]);
    }

    /// <summary>One window per axis.</summary>
    private static SlidingWindow[] Windows(string where, Shape size, Shape? strides, Padding padding, Shape? dilation)
    {
        if (padding.Mode is not (PaddingMode.Valid or PaddingMode.Same)) throw Throw.BadArgument(where, nameof(padding), "\"valid\" or \"same\"", padding, "Pad the input first for other borders.");
        var stride = SpreadOver(where, "strides", strides ?? 1, size.Rank);
        var distance = SpreadOver(where, "dilationRate", dilation ?? 1, size.Rank);
        return [.. size.Select((cells, i) => new SlidingWindow(cells!.Value, stride[i], distance[i], padding.Mode, 0))];
    }

    /// <summary>One number per axis, from one for all or from as many.</summary>
    private static long[] SpreadOver(string where, string argument, Shape given, int axes, long least = 1)
    {
        if ((given.Rank != 1 && given.Rank != axes) || given.Any(e => e is null || e < least)) throw Throw.BadArgument(where, argument, $"one number of at least {least}, or {axes} of them,", given, "Write for example 2 or (2, 1).");
        return given.Rank == 1 ? [.. Enumerable.Repeat(given[0]!.Value, axes)] : given.ToArray();
    }
}
