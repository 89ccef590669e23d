namespace DeepKeras.Layers;

/// <summary>Mixes every image with changed versions of it.</summary>
/// <param name="layer">For messages.</param>
/// <param name="chains">How the versions come about.</param>
/// <param name="weights">Per image the weight of each version; they sum to 1.</param>
/// <param name="shares">Per image how much of the unchanged image stays.</param>
/// <param name="values">Least and greatest value of a pixel.</param>
internal sealed class ChainMixture(ImageAugmentationLayer layer, ImageTransform[] chains, double[][] weights, double[] shares, (double Low, double High) values) : ImageTransform
{
    public override Tensor Images(Tensor images) => Mix(images, (chain, part) => chain.Images(part)).clamp_(values.Low, values.High);

    public override Tensor Masks(Tensor masks) => masks.dtype is ScalarType.Float32 or ScalarType.Float64
        ? Mix(masks, (chain, part) => chain.Masks(part))
        : throw Throw.MasksToMix(layer, ImageAxes.ToSurface(masks, layer.DataFormat));

    private Tensor Mix(Tensor all, Func<ImageTransform, Tensor, Tensor> change)
    {
        var mixed = all.mul(PerImage(shares, all));
        for (var i = 0; i < chains.Length; i++) _ = mixed.add_(change(chains[i], all).mul(PerImage(weights.Select((w, image) => (1 - shares[image]) * w[i]), all)));
        return mixed;
    }
}
