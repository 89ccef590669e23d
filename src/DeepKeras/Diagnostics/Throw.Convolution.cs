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
        $"a known number of channels, axis {format.ChannelAxis(4)} of {Axes(format)},",
        received,
        "Give Input the number of channels; height and width may stay open.");

    public static KerasException WrongChannels(Layer layer, long expected, Shape received, DataFormat format)
    {
        var other = format.IsChannelsFirst ? received[3] : received[1];
        return BadInput(
            layer,
            $"{expected} channel{(expected == 1 ? "" : "s")} on axis {format.ChannelAxis(4)} of {Axes(format)}",
            received,
            other == expected
                ? $"The data has them on the other side: permute it, or build the layer with dataFormat: \"{(format.IsChannelsFirst ? "channels_last" : "channels_first")}\"."
                : "Give it images like those it was built for, or build a new layer.");
    }

    public static KerasException WindowTooLarge(Layer layer, string window, SlidingWindow rows, SlidingWindow columns, Shape received) => BadInput(
        layer,
        $"images of at least ({Math.Max(rows.Span - (2 * rows.Cells), 1)}, {Math.Max(columns.Span - (2 * columns.Cells), 1)}) cells",
        received,
        $"Use padding: \"same\", a smaller {window}, or larger images.");

    public static KerasException StridesWithDilation(string owner, Size2D strides, Size2D dilation) => BadArgument(
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

    public static KerasException OutputPadding(string owner, Size2D received, Size2D strides) => BadArgument(
        owner,
        "outputPadding",
        $"at least 0 and below the strides {strides}",
        received,
        "Larger gaps would hold nothing but the bias; use ZeroPadding2D after the layer for those.");

    public static KerasException PoolPadding(string owner, Padding received, Size2D poolSize) => BadArgument(
        owner,
        "padding",
        $"\"valid\", \"same\" or at least 0 and at most half the pool {poolSize}",
        received,
        "Put a ZeroPadding2D before the layer for wider borders.");

    public static KerasException NothingLeft(Layer layer, string argument, object cut, Shape received) => BadInput(
        layer,
        $"images larger than what {argument} {cut} takes away",
        received,
        $"Reduce {argument}, or give it larger images.");

    public static KerasException ImageMemory(string variable, string value) =>
        new($"The environment variable {variable} must be 'planes' or 'pixels', or not be set, but is '{value}'. Unset it, so that the machine's own preference holds.");

    private static string Axes(DataFormat format) => format.IsChannelsFirst ? "(batch, channels, height, width)" : "(batch, height, width, channels)";
}
