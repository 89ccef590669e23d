using DeepKeras.Vision.Codecs;

namespace DeepKeras.Vision;

/// <summary>The wording of every error of this assembly.</summary>
internal static partial class Throw
{
    public static KerasException FileMissing(string path) =>
        new($"The image file {path} does not exist. Check the path; relative ones start at {Environment.CurrentDirectory}.");

    public static KerasException NotAnImage(string source, ReadOnlySpan<byte> start) =>
        new($"{source} is neither a PNG nor a JPEG file: it begins with {(start.IsEmpty ? "nothing" : Convert.ToHexString(start))}. Convert it to one of the two.");

    public static KerasException DamagedImage(string source, ImageFormat format, Exception cause) =>
        new($"{source} is a damaged {(format == ImageFormat.Png ? "PNG" : "JPEG")} file: {cause.Message}. Get a whole copy of it.", cause);

    public static KerasException Channels(int channels) =>
        new($"channels must be 1 (grey), 3 (RGB) or 4 (RGB and alpha) but was {channels}. Leave it out to get what the file holds.");

    public static KerasException ImageShape(Tensor image) =>
        new($"An image must be (height, width) or (height, width, channels) with 1, 3 or 4 channels, but received {Shape.Of(image)}. Take one picture of a batch with images[0].");

    public static KerasException ImageType(Tensor image) =>
        new($"An image must hold bytes 0 … 255 (uint8) but received {image.dtype}. Scale it and convert: image.mul(255).clamp(0, 255).to_type(ScalarType.Byte).");

    public static KerasException JpegAlpha(string path) =>
        new($"{path} cannot keep 4 channels: JPEG has no alpha. Save as .png, or drop the last channel.");

    public static KerasException Extension(string path) =>
        new($"The name {path} does not say in which format to save. End it in .png, .jpg or .jpeg.");

    public static KerasException Quality(int quality) =>
        new($"quality must be between 1 and 100 but was {quality}. 90 is a good value.");

    public static KerasException GridSize(string argument, int value) =>
        new($"ImageGrid: {argument} must be at least 1 but was {value}. Give the number of pictures per row, pixels per pixel, or pixels between pictures.");

    public static KerasException ColorMap(string name) =>
        new($"There is no colour map \"{name}\". It must be one of: \"gray\", \"viridis\".");

    public static KerasException GridEmpty() =>
        new("ImageGrid: there is no picture to draw. Call Add(image) first.");

    public static KerasException GridImage(Tensor image) =>
        new($"ImageGrid: a picture must be (height, width), (height, width, 1) or (height, width, 3) but received {Shape.Of(image)}. Take one channel with maps[0, .., .., channel].");

    public static KerasException SheetPhoto(Tensor photo) =>
        new($"AugmentationSheet: the photo must be an RGB image (height, width, 3) but received {Shape.Of(photo)}. Load it with ImageFile.Load(path, channels: 3).");

    public static KerasException SheetSize(string argument, int value) =>
        new($"AugmentationSheet: {argument} must be a positive number, for tileSize at least 16, but was {value}. The defaults are 4 draws and pictures of 150 pixels.");
}
