namespace DeepKeras.Layers;

/// <summary>Brings images to one size: stretched, or with their aspect ratio kept by cropping or padding, as Keras's <c>smart_resize</c> counts.</summary>
internal static class ImageFit
{
    public static ImageTransform Stretch(ImageBatch batch, int height, int width, ResizeInterpolation interpolation, bool antialias = false) =>
        new ResizeTransform(batch, height, width, interpolation, antialias);

    /// <summary>Cuts out the greatest window in the middle that has the new aspect ratio.</summary>
    public static ImageTransform Crop(ImageBatch batch, int height, int width, ResizeInterpolation interpolation, bool antialias = false)
    {
        var rows = Math.Max(Math.Min(batch.Height, (int)((double)batch.Width * height / width)), 1);
        var columns = Math.Max(Math.Min(batch.Width, (int)((double)batch.Height * width / height)), 1);
        var corner = ((batch.Height - rows) / 2, (batch.Width - columns) / 2);
        return new ChainTransform(
            new CropTransform([.. Enumerable.Repeat(corner, batch.Count)], rows, columns),
            Stretch(batch with { Height = rows, Width = columns }, height, width, interpolation, antialias));
    }

    /// <summary>Puts the images into the middle of a frame that has the new aspect ratio.</summary>
    public static ImageTransform Pad(ImageBatch batch, int height, int width, ResizeInterpolation interpolation, bool antialias, double fillValue)
    {
        var rows = (Math.Max(batch.Height, (int)((double)batch.Width * height / width)) - batch.Height) / 2;
        var columns = (Math.Max(batch.Width, (int)((double)batch.Height * width / height)) - batch.Width) / 2;
        return new ChainTransform(
            new PadTransform(batch, rows, columns, fillValue),
            Stretch(batch with { Height = batch.Height + (2 * rows), Width = batch.Width + (2 * columns) }, height, width, interpolation, antialias));
    }
}
