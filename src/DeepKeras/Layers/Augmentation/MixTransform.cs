namespace DeepKeras.Layers;

/// <summary>Mixes every image, and its labels, with another image of the batch.</summary>
/// <param name="layer">For messages.</param>
/// <param name="partners">The number of the other image.</param>
/// <param name="shares">How much of the image's own class stays.</param>
internal abstract class MixTransform(ImageAugmentationLayer layer, long[] partners, double[] shares) : ImageTransform
{
    protected ImageAugmentationLayer Layer => layer;

    public sealed override Tensor Masks(Tensor masks) => masks.dtype is ScalarType.Float32 or ScalarType.Float64 ? Images(masks) : throw Throw.MasksToMix(layer, ImageAxes.ToSurface(masks, layer.DataFormat));

    public sealed override Tensor Labels(Tensor labels)
    {
        if (labels.dtype is not (ScalarType.Float32 or ScalarType.Float64)) throw Throw.LabelsToMix(layer, labels);
        return Blend(labels, [labels.shape[0], .. Enumerable.Repeat(1L, (int)labels.ndim - 1)]);
    }

    protected Tensor Blend(Tensor own, long[] shape)
    {
        var weights = torch.tensor(shares).reshape(shape).to(own.dtype, own.device);
        var other = Partner(own);
        return own.sub(other).mul_(weights).add_(other);
    }

    protected Tensor Partner(Tensor own) => Pick(own, 0, torch.tensor(partners).to(own.device));
}
