namespace DeepKeras.Layers;

/// <summary>
/// Images brought to one size with their aspect ratio kept, and their boxes as Keras's Resizing reckons them: it rounds the offset of the boxes down to whole
/// pixels of the result, where the pixels themselves may be moved by a part of one.
/// </summary>
/// <param name="pixels">What is done to images and masks.</param>
/// <param name="batch">The images before.</param>
/// <param name="height">Rows afterwards.</param>
/// <param name="width">Columns afterwards.</param>
/// <param name="isCut">Whether the images fill the frame and are cut, instead of lying inside of it.</param>
internal sealed class AspectTransform(ImageTransform pixels, ImageBatch batch, int height, int width, bool isCut) : GeometricTransform
{
    private const double RoundingError = 1e-9;

    protected override (int Height, int Width) Size => (height, width);

    public override Tensor Images(Tensor images) => pixels.Images(images);

    public override Tensor Masks(Tensor masks) => pixels.Masks(masks);

    protected override Homography Movement(int image)
    {
        var (rows, columns) = ((double)height / batch.Height, (double)width / batch.Width);
        var scale = isCut ? Math.Max(rows, columns) : Math.Min(rows, columns);
        // An image that is cut sticks out on both sides; one that is padded leaves room there.
        var side = isCut ? -1 : 1;
        return Homography.Translation(Offset(width, batch.Width), Offset(height, batch.Height)) * Homography.Scaling(scale, scale);

        // Of the side that fills the frame exactly, rounding errors must not make a whole pixel.
        double Offset(int frame, int extent) => side * Math.Floor((side * (frame - (extent * scale)) / 2) + RoundingError);
    }
}
