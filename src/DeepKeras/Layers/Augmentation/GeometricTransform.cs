namespace DeepKeras.Layers;

/// <summary>Moves pixels: masks and boxes go along.</summary>
internal abstract class GeometricTransform : ImageTransform
{
    /// <summary>The images' size afterwards.</summary>
    protected abstract (int Height, int Width) Size { get; }

    /// <summary>Where the points of an image come to lie, in coordinates in which pixel i reaches from i to i + 1.</summary>
    /// <param name="image">The number of the image in the batch.</param>
    protected abstract Homography Movement(int image);

    public override (Tensor Boxes, Tensor? Labels) Boxes(Tensor boxes, Tensor? labels)
    {
        var (count, most) = ((int)boxes.shape[0], (int)boxes.shape[1]);
        // No image holds a box.
        if (boxes.numel() == 0) return (boxes, labels);
        var corners = boxes.to(ScalarType.Float64).cpu().data<double>().ToArray();
        var gone = new bool[count * most];
        for (var i = 0; i < count; i++)
        {
            var movement = Movement(i);
            for (var j = 0; j < most; j++)
            {
                var row = (i * most) + j;
                gone[row] = !BoxMovement.Apply(corners.AsSpan(row * 4, 4), movement, Size.Height, Size.Width);
            }
        }
        var moved = torch.tensor(corners).reshape(count, most, 4).to(boxes.dtype, boxes.device);
        return (moved, labels?.masked_fill(torch.tensor(gone).reshape(count, most).to(labels.device), -1));
    }
}
