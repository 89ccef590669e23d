namespace DeepKeras.Layers;

/// <summary>One change after the other.</summary>
/// <param name="steps">What is done, in order.</param>
internal sealed class ChainTransform(params IReadOnlyList<ImageTransform> steps) : ImageTransform
{
    public override Tensor Images(Tensor images) => steps.Aggregate(images, (current, step) => step.Images(current));

    public override Tensor Masks(Tensor masks) => steps.Aggregate(masks, (current, step) => step.Masks(current));

    public override (Tensor Boxes, Tensor? Labels) Boxes(Tensor boxes, Tensor? labels) => steps.Aggregate((boxes, labels), (current, step) => step.Boxes(current.boxes, current.labels));

    public override Tensor Labels(Tensor labels) => steps.Aggregate(labels, (current, step) => step.Labels(current));
}
