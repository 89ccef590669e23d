using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>Which pixels move the score of a class most when they change a little: the gradient at the image.</summary>
/// <remarks>
/// Simonyan, Vedaldi and Zisserman, "Deep Inside Convolutional Networks" (2013), section 3: <c>M[y, x] = max over c of |∂S / ∂image[y, x, c]|</c>.
/// <code>using var map = Saliency.Of(model, photo);   // (H, W)</code>
/// </remarks>
public static class Saliency
{
    /// <summary>Computes the map in one forward and one backward pass. The model is in inference mode and unchanged afterwards; no gradients are left in it.</summary>
    /// <param name="model">A built model of one input with an output <c>(N, classes)</c>.</param>
    /// <param name="images">One image <c>(H, W, C)</c> or a batch <c>(N, H, W, C)</c>, scaled as <c>Predict</c> takes them (bytes become floats of 0 … 255); without the channel axis where there is one channel.</param>
    /// <param name="classIndex">The class to explain, from 0, one for all or one per image; the predicted one by default. A single sigmoid unit has the classes 0 and 1.</param>
    /// <param name="score">What is explained: the score before the softmax by default.</param>
    /// <param name="batchSize">Images per pass, at least 1; 32 by default.</param>
    /// <returns>At least 0, <c>(H, W)</c> for one image, <c>(N, H, W)</c> for a batch, on the CPU. Inputs that are no images keep their shape.</returns>
    /// <exception cref="KerasException">The model is not built or has no class scores, a shape does not fit, or the class does not exist.</exception>
    public static Tensor Of(Model model, Tensor images, ClassChoice? classIndex = null, ClassScore score = ClassScore.Logit, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        return AttributionBatch.Run(new LayerReader(model), images, classIndex, score, batchSize, batch =>
        {
            var inputs = batch.Images.clone().requires_grad_(true);
            return Strongest(batch.Gradient(batch.Scores(inputs, out _), inputs), batch.Format);
        });
    }

    /// <summary>The greatest magnitude over the channels.</summary>
    internal static Tensor Strongest(Tensor gradient, DataFormat format) =>
        gradient.ndim == 4 ? gradient.abs().max(format.ChannelAxis(4), false).values : gradient.abs();
}
