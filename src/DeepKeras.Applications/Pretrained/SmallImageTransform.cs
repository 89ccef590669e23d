namespace DeepKeras.Applications.Pretrained;

/// <summary>
/// What is done to the images of Fashion-MNIST or CIFAR-10, and to photos that are made as small: resize the shorter side, cut the middle out, put a black border
/// around it, bring the values from 0 … 255 to 0 … 1, then subtract the mean and divide by the deviation of each channel.
/// </summary>
/// <param name="Size">Height and width of the images without the border, in pixels.</param>
/// <param name="Border">Black pixels on each side.</param>
/// <param name="Mean">One number per channel, of values from 0 to 1.</param>
/// <param name="Deviation">One number per channel, of values from 0 to 1.</param>
public sealed record SmallImageTransform(int Size, int Border, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation) : InputTransform
{
    /// <summary>Transforms images.</summary>
    /// <param name="images">Images (N, H, W, C) or one (H, W, C) of 0 … 255, of bytes or of floats; of one channel also (N, H, W).</param>
    /// <returns>Floats (N, size + 2 border, size + 2 border, C).</returns>
    /// <exception cref="KerasException">The images have other channels than the means.</exception>
    /// <remarks><code>var batch = new SmallImageTransform(28, Border: 2, Mean: [0], Deviation: [1]).Apply(xTest);</code></remarks>
    public override Tensor Apply(Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var batch = ResizeAndCrop(Batch(images), Size, Size, "bilinear");
        if (Border > 0) batch = torch.nn.functional.pad(batch, [0, 0, Border, Border, Border, Border]);
        return Normalize(batch, [.. Mean], [.. Deviation]).MoveToOuterDisposeScope();
    }

    internal override Tensor Apply(Tensor images, long? height, long? width)
    {
        using var scope = torch.NewDisposeScope();
        var batch = Batch(images);
        if (batch.shape[1] == height && batch.shape[2] == width) return Normalize(batch, [.. Mean], [.. Deviation]).MoveToOuterDisposeScope();
        var fitting = height is { } side && height == width && side != Size + (2 * Border) ? this with { Size = (int)side, Border = 0 } : this;
        return fitting.Apply(batch).MoveToOuterDisposeScope();
    }

    private Tensor Batch(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var withoutChannels = Mean.Count == 1 && images.ndim == 3 && images.shape[^1] != 1;
        var batch = withoutChannels ? images.unsqueeze(-1) : images.ndim == 3 ? images.unsqueeze(0) : images;
        return batch.ndim == 4 && batch.shape[^1] == Mean.Count ? batch : throw Throw.NotSmallImages(images.shape, Mean.Count);
    }
}
