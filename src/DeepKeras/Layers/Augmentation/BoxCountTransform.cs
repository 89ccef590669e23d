namespace DeepKeras.Layers;

/// <summary>Cuts off or fills up boxes; images, masks and classes stay.</summary>
/// <param name="count">How many boxes an image has afterwards.</param>
/// <param name="fill">The value of what is added.</param>
internal sealed class BoxCountTransform(int count, double fill) : ImageTransform
{
    public override Tensor Images(Tensor images) => images;

    public override (Tensor Boxes, Tensor? Labels) Boxes(Tensor boxes, Tensor? labels) => (Counted(boxes), labels is null ? null : Counted(labels));

    private Tensor Counted(Tensor rows)
    {
        var missing = count - rows.size(1);
        if (missing <= 0) return rows.narrow(1, 0, count);
        long[] shape = [rows.size(0), missing, .. rows.shape[2..]];
        return torch.cat([rows, torch.full(shape, fill, rows.dtype, rows.device)], 1);
    }
}
