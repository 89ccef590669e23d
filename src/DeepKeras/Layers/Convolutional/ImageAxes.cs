namespace DeepKeras.Layers;

/// <summary>
/// Reads and writes the axes of image shapes, and turns a surface tensor into the (N, C, H, W) view that torch computes on.
/// A contiguous (N, H, W, C) tensor seen that way is torch's channels_last memory format, so nothing is copied.
/// </summary>
internal static class ImageAxes
{
    /// <summary>Height, width and channels of an image shape; an error for any other rank.</summary>
    public static (long? Height, long? Width, long? Channels) Read(Layer layer, Shape input, DataFormat format)
    {
        if (input.Rank != 4) throw Throw.NotAnImage(layer, input, format);
        return format.IsChannelsFirst ? (input[2], input[3], input[1]) : (input[1], input[2], input[3]);
    }

    /// <summary>The shape of images of another size that keep their batch axis.</summary>
    public static Shape Write(Shape input, DataFormat format, long? height, long? width, long? channels) => format.IsChannelsFirst
        ? new(input[0], channels, height, width)
        : new(input[0], height, width, channels);

    /// <summary>The (N, C, H, W) view of a surface tensor.</summary>
    public static Tensor ToNative(Tensor surface, DataFormat format) => SpatialAxes.ToNative(surface, format);

    /// <summary>The surface view of a (N, C, H, W) tensor.</summary>
    public static Tensor ToSurface(Tensor native, DataFormat format) => SpatialAxes.ToSurface(native, format);
}
