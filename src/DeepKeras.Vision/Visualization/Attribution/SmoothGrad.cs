using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>Saliency without its grain: the mean gradient over noisy copies of the image.</summary>
/// <remarks>
/// Smilkov et al., "SmoothGrad: removing noise by adding noise" (2017): <c>M = max over c of |1/n Σᵢ ∂S(image + εᵢ) / ∂image|</c> with
/// <c>εᵢ ~ N(0, σ²)</c>, <c>σ = noise · (greatest − least value of the image)</c>. The gradients are averaged with their signs; magnitude and maximum come last.
/// <code>using var map = SmoothGrad.Of(model, photo, samples: 100);   // (H, W)</code>
/// </remarks>
public static class SmoothGrad
{
    /// <summary>Computes the map. The model is in inference mode and unchanged afterwards; no gradients are left in it, and no other random numbers are touched.</summary>
    /// <param name="model">A built model of one input with an output <c>(N, classes)</c>.</param>
    /// <param name="images">One image <c>(H, W, C)</c> or a batch <c>(N, H, W, C)</c>, scaled as <c>Predict</c> takes them; without the channel axis where there is one channel.</param>
    /// <param name="classIndex">The class to explain, from 0, one for all or one per image; the one predicted for the clean image by default.</param>
    /// <param name="samples">Noisy copies, at least 1; 50 by default, as in the paper.</param>
    /// <param name="noise">Standard deviation of the noise as a fraction of each image's range of values, at least 0; 0.15 by default (the paper finds 0.1 to 0.2 best).</param>
    /// <param name="seed">The same seed gives the same map; 0 by default.</param>
    /// <param name="score">What is explained: the score before the softmax by default.</param>
    /// <param name="batchSize">Images per pass, noisy copies counted, at least 1; 32 by default.</param>
    /// <returns>At least 0, <c>(H, W)</c> for one image, <c>(N, H, W)</c> for a batch, on the CPU.</returns>
    /// <exception cref="KerasException">The model is not built or has no class scores, a shape does not fit, the class does not exist, or a number is out of range.</exception>
    public static Tensor Of(
        Model model,
        Tensor images,
        ClassChoice? classIndex = null,
        int samples = 50,
        double noise = 0.15,
        ulong seed = 0,
        ClassScore score = ClassScore.Logit,
        int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        if (samples < 1) throw Throw.NotPositive(nameof(samples), samples);
        if (!(noise >= 0 && double.IsFinite(noise))) throw Throw.Noise(noise);
        // Drawn on the CPU, so that a seed means the same noise on every device.
        using var generator = new torch.Generator(seed);
        return AttributionBatch.Run(new LayerReader(model), images, classIndex, score, batchSize, batch =>
        {
            var flat = batch.Images.flatten(1);
            var range = flat.amax([1], true).sub(flat.amin([1], true)).mul(noise);
            var deviation = range.reshape([batch.Images.shape[0], .. Enumerable.Repeat(1L, (int)batch.Images.ndim - 1)]);
            var gradient = batch.MeanGradient(samples, batchSize, (_, count) =>
            {
                var normal = torch.randn([count, .. batch.Images.shape], batch.Images.dtype, torch.CPU, false, generator);
                return normal.to(batch.Images.device).mul(deviation).add(batch.Images);
            });
            return Saliency.Strongest(gradient, batch.Format);
        });
    }
}
