namespace DeepKeras.Layers;

/// <summary>Whole rows and columns of an image.</summary>
internal readonly record struct PixelRectangle(int Top, int Left, int Height, int Width)
{
    public bool IsEmpty => Height <= 0 || Width <= 0;

    /// <summary>A rectangle of the given share of the image's height and width, anywhere in it; the pixels are those whose number lies inside.</summary>
    public static PixelRectangle Draw(KeyedRandom random, ImageBatch batch, double heightShare, double widthShare)
    {
        var (left, width) = Span(random, batch.Width, widthShare);
        var (top, height) = Span(random, batch.Height, heightShare);
        return new(top, left, height, width);
    }

    /// <summary>This part of a (C, H, W) image, as a view.</summary>
    public Tensor Of(Tensor image) => image.narrow(1, Top, Height).narrow(2, Left, Width);

    private static (int First, int Length) Span(KeyedRandom random, int extent, double share)
    {
        var length = share * extent;
        var start = random.Uniform() * (extent - length);
        var first = (int)Math.Ceiling(start);
        return (first, Math.Min(extent, (int)Math.Ceiling(start + length)) - first);
    }
}
