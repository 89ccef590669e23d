namespace DeepKeras.Vision.Resampling;

/// <summary>The part of a picture that is resized: all of it, the largest centred part of the target's shape, or more than it with a border.</summary>
/// <param name="Top">First row; negative: rows of border above.</param>
/// <param name="Left">First column; negative: columns of border on the left.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <remarks>The rounding is that of Keras's <c>Resizing</c> and <c>smart_resize</c>: sizes and starts are cut off to whole pixels, borders are the same on both sides.</remarks>
internal readonly record struct AspectWindow(int Top, int Left, int Height, int Width)
{
    /// <summary>Whether there is a border.</summary>
    public bool IsPadded => Top < 0 || Left < 0;

    public static AspectWindow Whole(int height, int width) => new(0, 0, height, width);

    public static AspectWindow Crop(int height, int width, int toHeight, int toWidth)
    {
        var h = Math.Clamp(Matching(width, toHeight, toWidth), 1, height);
        var w = Math.Clamp(Matching(height, toWidth, toHeight), 1, width);
        return new((height - h) / 2, (width - w) / 2, h, w);
    }

    public static AspectWindow Pad(int height, int width, int toHeight, int toWidth)
    {
        var above = (Math.Max(Matching(width, toHeight, toWidth), height) - height) / 2;
        var left = (Math.Max(Matching(height, toWidth, toHeight), width) - width) / 2;
        return new(-above, -left, height + (2 * above), width + (2 * left));
    }

    /// <summary>The length that goes with a length of the other axis.</summary>
    private static int Matching(int other, int to, int toOther) => (int)Math.Min((double)((long)other * to) / toOther, int.MaxValue);
}
