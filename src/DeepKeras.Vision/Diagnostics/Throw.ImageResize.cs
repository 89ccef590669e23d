namespace DeepKeras.Vision;

// Resizing.
internal static partial class Throw
{
    public static KerasException ResizeShape(Tensor images) =>
        new($"ImageResize: images must be (height, width, channels) or (batch, height, width, channels) with at least one pixel, but received {Shape.Of(images)}. Give a grey picture its channel with unsqueeze(-1).");

    public static KerasException ResizeType(Tensor images) =>
        new($"ImageResize: images must be uint8 or floating point but received {images.dtype}. Convert them: images.to_type(ScalarType.Float32).");

    public static KerasException ResizeSize(Size2D size) =>
        new($"The image size must be between (1, 1) and ({ushort.MaxValue}, {ushort.MaxValue}) but was {size}. Give (height, width) in pixels.");

    public static KerasException ResizeFill(double fillValue) =>
        new(FormattableString.Invariant($"ImageResize: the fillValue of bytes must be between 0 and 255 but was {fillValue}. Convert the images to Float32 for other values."));

    public static KerasException CropAndPad() =>
        new("cropToAspectRatio and padToAspectRatio were both asked for, but a picture is either cropped or padded. Leave one out.");

    public static KerasException InterpolationName(string name, string[] known) =>
        new($"There is no interpolation \"{name}\". It must be one of: {string.Join(", ", known.Select(k => $"\"{k}\""))}.");
}
