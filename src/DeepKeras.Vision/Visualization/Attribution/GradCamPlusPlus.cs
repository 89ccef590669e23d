using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>Grad-CAM for images that show a class several times: every place of a map counts by its own weight.</summary>
/// <remarks>
/// Chattopadhyay et al., "Grad-CAM++" (2018), equations 15 and 19 for a score behind an exponential, where the higher derivatives are powers of the gradient
/// <c>g = ∂S / ∂Aₖ</c>: <c>αₖ[y, x] = g² / (2 g² + Σ Aₖ · g³)</c> with the sum over the whole map (0 where the denominator is 0),
/// <c>wₖ = Σ over y, x of αₖ · relu(g)</c>, <c>M = relu(Σₖ wₖ Aₖ)</c>. The factor e^S, the same for a whole image, is left out.
/// <code>using var map = GradCamPlusPlus.Of(model, photo);   // (H, W)</code>
/// </remarks>
public static class GradCamPlusPlus
{
    /// <summary>Computes the map in one forward and one backward pass. The model is in inference mode and unchanged afterwards; no gradients are left in it.</summary>
    /// <param name="model">A built model of one input with an output <c>(N, classes)</c>.</param>
    /// <param name="images">One image <c>(H, W, C)</c> or a batch <c>(N, H, W, C)</c>, scaled as <c>Predict</c> takes them; without the channel axis where there is one channel.</param>
    /// <param name="classIndex">The class to explain, from 0, one for all or one per image; the predicted one by default.</param>
    /// <param name="layer">A layer with a 4-D output; by default as for <see cref="GradCam"/>.</param>
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
        GradCam.Run(model, images, classIndex, layer, resize, score, batchSize, Weights);

    private static Tensor Weights(Tensor maps, Tensor gradient)
    {
        var square = gradient.mul(gradient);
        var cube = square.mul(gradient);
        var denominator = square.mul(2).add(maps.sum([1, 2], true).mul(cube));
        var isZero = denominator.eq(0);
        var alpha = torch.where(isZero, torch.zeros_like(square), square.div(torch.where(isZero, torch.ones_like(square), denominator)));
        return alpha.mul(torch.nn.functional.relu(gradient)).sum([1, 2], true);
    }
}
