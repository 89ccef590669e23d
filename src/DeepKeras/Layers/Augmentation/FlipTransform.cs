namespace DeepKeras.Layers;

/// <summary>Mirrors some of the images, pixel for pixel and in whatever type they have.</summary>
/// <param name="horizontal">Which are mirrored left to right.</param>
/// <param name="vertical">Which are mirrored top to bottom.</param>
/// <param name="batch">The images.</param>
internal sealed class FlipTransform(bool[] horizontal, bool[] vertical, ImageBatch batch) : GeometricTransform
{
    private const int Rows = 2;
    private const int Columns = 3;

    protected override (int Height, int Width) Size => (batch.Height, batch.Width);

    public override Tensor Images(Tensor images)
    {
        var flipped = images;
        foreach (var (axes, chosen) in new (long[], Func<int, bool>)[] { ([Columns], i => horizontal[i] && !vertical[i]), ([Rows], i => !horizontal[i] && vertical[i]), ([Rows, Columns], i => horizontal[i] && vertical[i]) })
        {
            long[] rows = [.. Enumerable.Range(0, batch.Count).Where(chosen).Select(i => (long)i)];
            if (rows.Length == 0) continue;
            if (rows.Length == batch.Count) return images.flip(axes);
            var index = torch.tensor(rows).to(images.device);
            if (ReferenceEquals(flipped, images)) flipped = images.clone();
            _ = flipped.index_copy_(0, index, Pick(images, 0, index).flip(axes));
        }
        return flipped;
    }

    public override Tensor Masks(Tensor masks) => Images(masks);

    protected override Homography Movement(int image) => new(
        horizontal[image] ? -1 : 1, 0, horizontal[image] ? batch.Width : 0,
        0, vertical[image] ? -1 : 1, vertical[image] ? batch.Height : 0);
}
