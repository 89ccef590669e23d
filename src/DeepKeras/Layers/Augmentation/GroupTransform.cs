namespace DeepKeras.Layers;

/// <summary>Another change for each group of images of a batch; the groups together are all of them.</summary>
/// <param name="groups">The numbers of the images, and what is done to them; null for nothing.</param>
internal sealed class GroupTransform(IReadOnlyList<(long[] Images, ImageTransform? Transform)> groups) : ImageTransform
{
    public override Tensor Images(Tensor images) => Each(images, (transform, part) => transform.Images(part));

    public override Tensor Masks(Tensor masks) => Each(masks, (transform, part) => transform.Masks(part));

    public override (Tensor Boxes, Tensor? Labels) Boxes(Tensor boxes, Tensor? labels)
    {
        var movedLabels = labels;
        var movedBoxes = Each(boxes, (transform, part, rows) =>
        {
            var (partBoxes, partLabels) = transform.Boxes(part, movedLabels?.index_select(0, rows));
            if (movedLabels is not null) movedLabels = movedLabels.index_copy(0, rows, partLabels!);
            return partBoxes;
        });
        return (movedBoxes, movedLabels);
    }

    private Tensor Each(Tensor all, Func<ImageTransform, Tensor, Tensor> change) => Each(all, (transform, part, _) => change(transform, part));

    private Tensor Each(Tensor all, Func<ImageTransform, Tensor, Tensor, Tensor> change)
    {
        if (groups is [var (_, only)]) return only is null ? all : change(only, all, torch.arange(0, all.shape[0], 1, ScalarType.Int64, all.device));
        var result = all.clone();
        foreach (var (images, transform) in groups)
        {
            if (transform is null) continue;
            var rows = torch.tensor(images).to(all.device);
            _ = result.index_copy_(0, rows, change(transform, Pick(all, 0, rows), rows));
        }
        return result;
    }
}
