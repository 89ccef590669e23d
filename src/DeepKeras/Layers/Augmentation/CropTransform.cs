namespace DeepKeras.Layers;

/// <summary>Cuts a window out of every image; all windows have the same size.</summary>
/// <param name="corners">Per image the first row and column of the window.</param>
/// <param name="height">Rows of the window.</param>
/// <param name="width">Columns of the window.</param>
internal sealed class CropTransform((int Top, int Left)[] corners, int height, int width) : GeometricTransform
{
    protected override (int Height, int Width) Size => (height, width);

    public override Tensor Images(Tensor images) => Array.TrueForAll(corners, c => c == corners[0])
        ? Window(images, 2, corners[0])
        : torch.stack([.. corners.Select((corner, i) => Window(images.select(0, i), 1, corner).permute(1, 2, 0))], 0).permute(0, 3, 1, 2);

    public override Tensor Masks(Tensor masks) => Images(masks);

    protected override Homography Movement(int image) => Homography.Translation(-corners[image].Left, -corners[image].Top);

    private Tensor Window(Tensor images, int rowAxis, (int Top, int Left) corner) => images.narrow(rowAxis, corner.Top, height).narrow(rowAxis + 1, corner.Left, width);
}
