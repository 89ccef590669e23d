namespace DeepKeras.Layers;

/// <summary>Changes colours only: masks, boxes and labels stay.</summary>
/// <param name="images">From (N, C, H, W) to (N, C, H, W).</param>
internal sealed class PixelTransform(Func<Tensor, Tensor> images) : ImageTransform
{
    private readonly Func<Tensor, Tensor> _images = images;

    /// <summary>A change that one number per image decides.</summary>
    public static PixelTransform Of(double[] factors, Func<Tensor, Tensor, Tensor> change) => new(images => change(images, PerImage(factors, images)));

    /// <summary>A change that takes place on some of the images.</summary>
    public static PixelTransform Where(bool[] chosen, Func<Tensor, Tensor> change) =>
        new(images => Array.TrueForAll(chosen, c => !c) ? images : Array.TrueForAll(chosen, c => c) ? change(images) : torch.where(PerImage(chosen, images), change(images), images));

    public override Tensor Images(Tensor images) => _images(images);
}
