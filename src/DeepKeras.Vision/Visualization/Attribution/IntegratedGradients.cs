using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>How much every pixel contributes to the difference between the score of the image and that of a baseline.</summary>
/// <remarks>
/// Sundararajan, Taly and Yan, "Axiomatic Attribution for Deep Networks" (2017): <c>IGᵢ = (xᵢ − bᵢ) · ∫₀¹ ∂S(b + α (x − b)) / ∂xᵢ dα</c>, the integral by the midpoint rule.
/// Completeness: the map sums to <c>S(x) − S(b)</c>, the closer the more steps.
/// <code>
/// using var map = IntegratedGradients.Of(model, photo);                 // (H, W), signed
/// using var picture = Overlay.Of(map, photo, 0.7, "bwr");               // red speaks for the class, blue against it
/// </code>
/// </remarks>
public static class IntegratedGradients
{
    /// <summary>Computes the map. The model is in inference mode and unchanged afterwards; no gradients are left in it.</summary>
    /// <param name="model">A built model of one input with an output <c>(N, classes)</c>.</param>
    /// <param name="images">One image <c>(H, W, C)</c> or a batch <c>(N, H, W, C)</c>, scaled as <c>Predict</c> takes them; without the channel axis where there is one channel.</param>
    /// <param name="classIndex">The class to explain, from 0, one for all or one per image; the predicted one by default.</param>
    /// <param name="baseline">The image without information, one for all or one per image, in the images' scale; zeros (black) by default.</param>
    /// <param name="steps">Points on the way from the baseline, at least 1; 50 by default.</param>
    /// <param name="score">What is explained: the score before the softmax by default.</param>
    /// <param name="batchSize">Images per pass, points counted, at least 1; 32 by default.</param>
    /// <returns>Signed, summed over the channels, <c>(H, W)</c> for one image, <c>(N, H, W)</c> for a batch, on the CPU.</returns>
    /// <exception cref="KerasException">The model is not built or has no class scores, a shape does not fit, the class does not exist, or a number is out of range.</exception>
    public static Tensor Of(
        Model model,
        Tensor images,
        ClassChoice? classIndex = null,
        Tensor? baseline = null,
        int steps = 50,
        ClassScore score = ClassScore.Logit,
        int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        if (steps < 1) throw Throw.NotPositive(nameof(steps), steps);
        using var scope = torch.NewDisposeScope();
        var from = baseline is null ? null : ImageModel.Batch(model, baseline, out _);
        if (from is not null && from.shape[0] != 1 && ImageModel.Batch(model, images, out _).shape[0] is var all && all != from.shape[0]) throw Throw.BaselineCount(from.shape[0], all);
        long done = 0;
        return AttributionBatch.Run(new LayerReader(model), images, classIndex, score, batchSize, batch =>
        {
            var count = batch.Images.shape[0];
            var start = from is null ? torch.zeros_like(batch.Images) : from.shape[0] == 1 ? from : from.narrow(0, done, count);
            done += count;
            var way = batch.Images.sub(start);
            var gradient = batch.MeanGradient(steps, batchSize, (first, size) =>
            {
                var places = torch.arange(first + 0.5, first + size, 1, batch.Images.dtype, batch.Images.device).div(steps);
                return places.reshape([size, .. Enumerable.Repeat(1L, (int)batch.Images.ndim)]).mul(way).add(start);
            });
            var parts = gradient.mul(way);
            return parts.ndim == 4 ? parts.sum(batch.Format.ChannelAxis(4)) : parts;
        }).MoveToOuterDisposeScope();
    }
}
