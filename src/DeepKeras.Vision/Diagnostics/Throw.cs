namespace DeepKeras.Vision;

/// <summary>The wording of every error of this assembly.</summary>
internal static partial class Throw
{
    public static KerasException GridSize(string argument, int value) =>
        new($"ImageGrid: {argument} must be at least 1 but was {value}. Give the number of pictures per row, pixels per pixel, or pixels between pictures.");

    public static KerasException ColorMap(string name) =>
        new($"There is no colour map \"{name}\". It must be one of: \"gray\", \"viridis\".");

    public static KerasException GridEmpty() =>
        new("ImageGrid: there is no picture to draw. Call Add(image) first.");

    public static KerasException GridImage(Tensor image) =>
        new($"ImageGrid: a picture must be (height, width), (height, width, 1) or (height, width, 3) but received {Shape.Of(image)}. Take one channel with maps[0, .., .., channel].");
}
