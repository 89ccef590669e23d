using System.Globalization;
using DeepKeras.Layers;

namespace DeepKeras;

internal static partial class Throw
{
    public static KerasException NotAnImage(Layer layer, Shape received, DataFormat format) => BadInput(
        layer,
        $"four axes {Axes(format)}",
        received,
        format.IsChannelsFirst ? "Build the model with Input(channels, height, width), or put a Reshape((channels, height, width)) before it." : "Build the model with Input(height, width, channels), or put a Reshape((height, width, channels)) before it.");

    public static KerasException UnknownChannels(Layer layer, Shape received, DataFormat format) => BadInput(
        layer,
        $"a known number of channels, axis {format.ChannelAxis(received.Rank)} of {Axes(format, received.Rank)},",
        received,
        "Give Input the number of channels; the other extents may stay open.");

    public static KerasException WrongChannels(Layer layer, long expected, Shape received, DataFormat format)
    {
        var other = format.IsChannelsFirst ? received[^1] : received[1];
        return BadInput(
            layer,
            $"{expected} channel{(expected == 1 ? "" : "s")} on axis {format.ChannelAxis(received.Rank)} of {Axes(format, received.Rank)}",
            received,
            other == expected
                ? $"The data has them on the other side: permute it, or build the layer with dataFormat: \"{(format.IsChannelsFirst ? "channels_last" : "channels_first")}\"."
                : $"Give it {Things(received.Rank)} like those it was built for, or build a new layer.");
    }

    public static KerasException WindowTooLarge(Layer layer, string window, SlidingWindow rows, SlidingWindow columns, Shape received) =>
        WindowTooLarge(layer, window, [rows, columns], received);

    public static KerasException WindowTooLarge(Layer layer, string window, SlidingWindow[] axes, Shape received) => BadInput(
        layer,
        $"{Things(received.Rank)} of at least {new Shape(Array.ConvertAll(axes, a => Math.Max(a.Span - (2 * a.Cells), 1)))} cells",
        received,
        $"Use padding: \"same\", a smaller {window}, or larger {Things(received.Rank)}.");

    public static KerasException StridesWithDilation(string owner, ISpatialSize strides, ISpatialSize dilation) => BadArgument(
        owner,
        "dilationRate",
        $"1 where strides are {strides}",
        dilation,
        "Use one of the two: strides to shrink the image, dilationRate to widen the window.");

    public static KerasException NotDivisibleByGroups(string owner, string argument, long received, long groups) => BadArgument(
        owner,
        argument,
        $"a multiple of groups = {groups}",
        received,
        $"Use {argument}: {((received / groups) + 1) * groups}, or other groups.");

    public static KerasException ChannelsNotDivisibleByGroups(Layer layer, long groups, Shape received) => BadInput(
        layer,
        $"a number of channels divisible by groups = {groups}",
        received,
        "Use groups: 1, or an input with another number of channels.");

    public static KerasException OutputPadding(string owner, ISpatialSize received, ISpatialSize strides) => BadArgument(
        owner,
        "outputPadding",
        $"at least 0 and below the strides {strides}",
        received,
        $"Larger gaps would hold nothing but the bias; use {PaddingLayer(received)} after the layer for those.");

    public static KerasException PoolPadding(string owner, Padding received, Size2D poolSize) => BadArgument(
        owner,
        "padding",
        $"\"valid\", \"same\" or at least 0 and at most half the pool {poolSize}",
        received,
        "Put a ZeroPadding2D before the layer for wider borders.");

    public static KerasException NothingLeft(Layer layer, string argument, object cut, Shape received) => BadInput(
        layer,
        $"{Things(received.Rank)} larger than what {argument} {cut} takes away",
        received,
        $"Reduce {argument}, or give it larger {Things(received.Rank)}.");

    public static KerasException FastConvolution(string variable, string value) =>
        new($"The environment variable {variable} must be 'on' or 'off', or not be set, but is '{value}'. Unset it, so that the machine's own preference holds.");

    public static KerasException ImageMemory(string variable, string value) =>
        new($"The environment variable {variable} must be 'planes' or 'pixels', or not be set, but is '{value}'. Unset it, so that the machine's own preference holds.");

    public static KerasException NotSpatial(Layer layer, Shape received, DataFormat format, int rank)
    {
        var axes = Axes(format, rank);
        var sample = axes.Replace("batch, ", "", StringComparison.Ordinal);
        return BadInput(layer, $"{(rank == 3 ? "three" : "five")} axes {axes}", received, $"Build the model with Input{sample}, or put a Reshape({sample}) before it.");
    }

    public static KerasException NumberedBorder(string owner, Padding received, ISpatialSize window, string expected) => BadArgument(
        owner,
        "padding",
        expected,
        received,
        $"Put a {PaddingLayer(window)} before the layer for borders of other widths.");

    private static string Axes(DataFormat format, int rank = 4)
    {
        var spatial = rank switch { 3 => "steps", 4 => "height, width", _ => "depth, height, width" };
        return format.IsChannelsFirst ? $"(batch, channels, {spatial})" : $"(batch, {spatial}, channels)";
    }

    private static string Things(int rank) => rank switch { 3 => "sequences", 4 => "images", _ => "volumes" };

    private static string PaddingLayer(ISpatialSize size) => $"ZeroPadding{size.ToArray().Length.ToString(CultureInfo.InvariantCulture)}D";
}
