namespace DeepKeras.Layers;

/// <summary>Adds rows above and below and columns left and right.</summary>
/// <param name="batch">The images.</param>
/// <param name="rows">Rows added on either side.</param>
/// <param name="columns">Columns added on either side.</param>
/// <param name="value">Their value; in masks 0.</param>
internal sealed class PadTransform(ImageBatch batch, int rows, int columns, double value) : GeometricTransform
{
    protected override (int Height, int Width) Size => (batch.Height + (2 * rows), batch.Width + (2 * columns));

    public override Tensor Images(Tensor images) => Pad(images, value);

    public override Tensor Masks(Tensor masks) => Pad(masks, 0);

    protected override Homography Movement(int image) => Homography.Translation(columns, rows);

    private Tensor Pad(Tensor images, double fill) => torch.nn.functional.pad(images, [columns, columns, rows, rows], PaddingModes.Constant, fill);
}
