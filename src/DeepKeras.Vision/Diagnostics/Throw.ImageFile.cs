using DeepKeras.Vision.Codecs;

namespace DeepKeras.Vision;

/// <summary>The wording of every error of this assembly.</summary>
internal static partial class Throw
{
    public static KerasException FileMissing(string path) =>
        new($"The image file {path} does not exist. Check the path; relative ones start at {Environment.CurrentDirectory}.");

    public static KerasException FileIsFolder(string path) =>
        new($"An image file is expected but {path} is a folder. Name a file in it, or read all of them with ImageDataset.FromDirectory.");

    public static KerasException FileUnreadable(string path, Exception cause) =>
        new($"The image file {path} could not be read: {cause.Message.TrimEnd('.')}. Check that it may be read and that no other program holds it.", cause);

    public static KerasException FileTooLong(string path, long length) =>
        new($"The image file {path} has {length} bytes, but at most {Array.MaxLength} can be read. Is it an image? If so, save it smaller.");

    public static KerasException NotAnImage(string source, string found) =>
        new($"{source} is neither a PNG nor a JPEG file: it {found}. Convert it to one of the two, or get a whole copy of it.");

    public static KerasException DamagedImage(string source, ImageFormat format, Exception cause) =>
        new($"{source} is a damaged {(format == ImageFormat.Png ? "PNG" : "JPEG")} file: {cause.Message.TrimEnd('.')}. Get a whole copy of it.", cause);

    public static KerasException TooManyPixels(string source, long height, long width, long limit) =>
        new($"{source} says that it has {height} × {width} pixels, but at most {limit} pixels are read. If it comes from where you trust, set ImageFile.MaxPixels higher.");

    public static KerasException MaxPixels(long pixels) =>
        new($"ImageFile.MaxPixels must be between 1 and {ImageHeader.MostPixels} but was {pixels}. {ImageFile.DefaultMaxPixels} is the default.");

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
}
