namespace DeepKeras.Vision;

internal static partial class Throw
{
    public static KerasException SheetPhoto(Tensor photo) =>
        new($"AugmentationSheet: the photo must be an RGB image (height, width, 3) but received {Shape.Of(photo)}. Load it with ImageFile.Load(path, channels: 3).");

    public static KerasException SheetSize(string argument, int value) =>
        new($"AugmentationSheet: {argument} must be a positive number, for tileSize at least 16, but was {value}. The defaults are 4 draws and pictures of 150 pixels.");
}
