namespace DeepKeras.Layers;

/// <summary>Reads every pixel of the result where a homography of its own points to in the image.</summary>
/// <param name="sources">Per image the map from a pixel's number (column, row) in the result to the place in the image.</param>
/// <param name="batch">The images.</param>
/// <param name="sampling">How to read there.</param>
internal sealed class WarpTransform(Homography[] sources, ImageBatch batch, ImageSampling sampling) : GeometricTransform
{
    protected override (int Height, int Width) Size => (batch.Height, batch.Width);

    public override Tensor Images(Tensor images) => Warp.Apply(images, sources, sampling);

    // A value for the outside belongs to the images; of a mask nothing is known there.
    public override Tensor Masks(Tensor masks) => Warp.Apply(masks, sources, sampling with { IsNearest = true, FillValue = 0 });

    protected override Homography Movement(int image) => sources[image].FromCentres().Inverse();
}
