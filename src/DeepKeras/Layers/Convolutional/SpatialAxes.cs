namespace DeepKeras.Layers;

/// <summary>
/// Reads and writes the axes of sequences (one spatial axis), images (two) and volumes (three), and turns a surface tensor into the (N, C, …) view that torch
/// computes on; <see cref="ImageAxes"/> knows height and width by name.
/// </summary>
internal static class SpatialAxes
{
    // By rank: the channels' axis comes second, or goes last.
    private static readonly long[][] s_toChannelsFirst = [[], [], [], [0, 2, 1], [0, 3, 1, 2], [0, 4, 1, 2, 3]];
    private static readonly long[][] s_toChannelsLast = [[], [], [], [0, 2, 1], [0, 2, 3, 1], [0, 2, 3, 4, 1]];

    /// <summary>The first spatial axis.</summary>
    public static int First(DataFormat format) => format.IsChannelsFirst ? 2 : 1;

    /// <summary>The spatial extents and the channels of a shape; an error for any other rank.</summary>
    public static (long?[] Extents, long? Channels) Read(Layer layer, Shape input, DataFormat format, int axes)
    {
        if (input.Rank != axes + 2) throw Throw.NotSpatial(layer, input, format, axes + 2);
        return ([.. input.Slice(First(format), axes)], input[format.ChannelAxis(input.Rank)]);
    }

    /// <summary>The shape with other spatial extents and channels that keeps its batch axis.</summary>
    public static Shape Write(Shape input, DataFormat format, long?[] extents, long? channels) => format.IsChannelsFirst
        ? new([input[0], channels, .. extents])
        : new([input[0], .. extents, channels]);

    /// <summary>The (N, C, …) view of a surface tensor.</summary>
    public static Tensor ToNative(Tensor surface, DataFormat format) => format.IsChannelsFirst ? surface : surface.permute(s_toChannelsFirst[surface.ndim]);

    /// <summary>The surface view of a (N, C, …) tensor.</summary>
    public static Tensor ToSurface(Tensor native, DataFormat format) => format.IsChannelsFirst ? native : native.permute(s_toChannelsLast[native.ndim]);
}
