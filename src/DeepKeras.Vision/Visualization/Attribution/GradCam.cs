using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>Where the model looked for a class: the maps of a convolution, each weighted by how much the class's score rises with it.</summary>
/// <remarks>
/// Selvaraju et al., "Grad-CAM" (2017), equations 1 and 2: <c>αₖ = mean over y, x of ∂S / ∂Aₖ[y, x]</c>, <c>M = relu(Σₖ αₖ Aₖ)</c>.
/// For global average pooling followed by one Dense this is the class activation map of Zhou et al. (2016), up to the factor 1 / (h · w).
/// <code>
/// using var map = GradCam.Of(model, photo, classIndex: 3);
/// ImageFile.Save("cat.png", Overlay.Of(map, photo));
/// </code>
/// </remarks>
public static class GradCam
{
    /// <summary>Computes the map in one forward and one backward pass. The model is in inference mode and unchanged afterwards; no gradients are left in it.</summary>
    /// <param name="model">A built model of one input with an output <c>(N, classes)</c>.</param>
    /// <param name="images">One image <c>(H, W, C)</c> or a batch <c>(N, H, W, C)</c>, scaled as <c>Predict</c> takes them; without the channel axis where there is one channel.</param>
    /// <param name="classIndex">The class to explain, from 0, one for all or one per image; the predicted one by default.</param>
    /// <param name="layer">A layer with a 4-D output, by name, place or itself, nested ones included; by default the last layer with the shape of the last convolution's output, that is behind its normalisation, activation and shortcut.</param>
    /// <param name="resize">Whether the map is brought to the images' size (bilinear); otherwise it has the layer's.</param>
    /// <param name="score">What is explained: the score before the softmax by default, as in the paper.</param>
    /// <param name="batchSize">Images per pass, at least 1; 32 by default.</param>
    /// <returns>At least 0, <c>(H, W)</c> for one image, <c>(N, H, W)</c> for a batch, on the CPU.</returns>
    /// <exception cref="KerasException">The model is not built or has no class scores, a shape does not fit, the class or the layer does not exist, or the layer has no maps.</exception>
    public static Tensor Of(
        Model model,
        Tensor images,
        ClassChoice? classIndex = null,
        LayerSelector? layer = null,
        bool resize = true,
        ClassScore score = ClassScore.Logit,
        int batchSize = 32) =>
        Run(model, images, classIndex, layer, resize, score, batchSize, static (_, gradient) => gradient.mean([1, 2], true));

    /// <summary>The weighted sum of the maps, cut at 0; <paramref name="weights"/> gets maps and gradient, (n, h, w, channels), and returns (n, 1, 1, channels).</summary>
    internal static Tensor Run(
        Model model,
        Tensor images,
        ClassChoice? classIndex,
        LayerSelector? layer,
        bool resize,
        ClassScore score,
        int batchSize,
        Func<Tensor, Tensor, Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        var seen = layer?.In(model) ?? ImageModel.LastMaps(model);
        var reader = new LayerReader(model, seen);
        if (!ImageModel.HasMaps(seen)) throw Throw.NotMaps(model, seen);
        return AttributionBatch.Run(reader, images, classIndex, score, batchSize, batch =>
        {
            var inputs = batch.Images.clone().requires_grad_(true);
            var scores = batch.Scores(inputs, out var reading);
            var gradient = ImageModel.ChannelsLast(batch.Gradient(scores, reading[0]), batch.Format);
            var maps = ImageModel.ChannelsLast(reading[0].detach(), batch.Format);
            var heat = torch.nn.functional.relu(maps.mul(weights(maps, gradient)).sum(3));
            if (!resize || inputs.ndim < 3) return heat;
            var rows = inputs.ndim == 4 && batch.Format.IsChannelsFirst ? 2 : 1;
            return Pictures.Resize(heat, inputs.shape[rows], inputs.shape[rows + 1]);
        });
    }
}
