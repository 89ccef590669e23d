namespace DeepKeras.Layers;

/// <summary>Reads every pixel of the result at a place of its own.</summary>
/// <param name="chosen">Which images are changed.</param>
/// <param name="places">(N, H, W, 2): the place (column, row) in the image for every pixel.</param>
/// <param name="sampling">How to read there.</param>
/// <param name="values">Least and greatest value of a pixel.</param>
internal sealed class ElasticTransform(bool[] chosen, Tensor places, ImageSampling sampling, (double Low, double High) values) : ImageTransform
{
    public override Tensor Images(Tensor images) => Bend(images, sampling).clamp(values.Low, values.High);

    // A value for the outside belongs to the images; of a mask nothing is known there.
    public override Tensor Masks(Tensor masks) => Bend(masks, sampling with { IsNearest = true, FillValue = 0 });

    public override (Tensor Boxes, Tensor? Labels) Boxes(Tensor boxes, Tensor? labels)
    {
        if (boxes.numel() == 0) return (boxes, labels);
        var moved = torch.stack([.. chosen.Select((isChosen, i) => isChosen ? Moved(boxes[i], places[i].to(boxes.device)) : boxes[i])], 0);
        return (moved, labels?.masked_fill(moved.select(2, 0).eq(-1).logical_and(torch.tensor(chosen).unsqueeze(1).to(boxes.device)), -1));
    }

    /// <summary>(M, 4): the boxes around the pixels that show something of the former boxes; −1 where nothing is left.</summary>
    private static Tensor Moved(Tensor boxes, Tensor places)
    {
        // In coordinates in which pixel i reaches from i to i + 1.
        var centres = places.add(0.5);
        var corners = boxes.to(centres.dtype).reshape(-1, 1, 1, 4);
        var within = centres.ge(corners.narrow(3, 0, 2)).logical_and(centres.le(corners.narrow(3, 2, 2))).all(3);
        var (left, right) = Extent(within.any(1));
        var (top, bottom) = Extent(within.any(2));
        var moved = torch.stack([left, top, right, bottom], 1).to(boxes.dtype);
        return torch.where(right.eq(0).unsqueeze(1), torch.full_like(moved, -1), moved);
    }

    /// <summary>(M, size) to the first place that is true, and the end of the last one; 0 where none is.</summary>
    private static (Tensor First, Tensor End) Extent(Tensor marks)
    {
        var size = marks.shape[1];
        var ends = torch.arange(1, size + 1, 1, ScalarType.Int64, marks.device);
        var numbers = marks.to(ScalarType.Int64);
        var first = ends.neg().add(size + 1).mul(numbers).amax([1]).neg().add(size);
        return (first, numbers.mul(ends).amax([1]));
    }

    private Tensor Bend(Tensor images, ImageSampling reading)
    {
        var bent = Warp.Read(images, places, reading);
        // Channels-last memory, which grid_sample gives up, is kept.
        if (!images.is_contiguous()) bent = bent.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        return torch.where(PerImage(chosen, images), bent, images);
    }
}
