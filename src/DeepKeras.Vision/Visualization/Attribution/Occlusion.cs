using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>What the model misses when a patch of the image is covered: the fall of the class's score, patch by patch.</summary>
/// <remarks>
/// Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (2014), section 4.2. A patch is moved over the image; each pixel gets the mean of
/// <c>S(image) − S(image with the patch)</c> over the patches that cover it. Positive where the model needs what is there, negative where it disturbs.
/// No gradients are needed, so it works for any layers.
/// <code>using var map = Occlusion.Of(model, photo, patch: 8, stride: 4);   // (H, W)</code>
/// </remarks>
public static class Occlusion
{
    /// <summary>Computes the map by ⌈(H − patch) / stride⌉ + 1 times ⌈(W − patch) / stride⌉ + 1 forward passes per image, many in one batch.</summary>
    /// <param name="model">A built model whose one input is images and whose output is <c>(N, classes)</c>.</param>
    /// <param name="images">One image <c>(H, W, C)</c> or a batch <c>(N, H, W, C)</c>, scaled as <c>Predict</c> takes them; without the channel axis where there is one channel.</param>
    /// <param name="classIndex">The class to explain, from 0, one for all or one per image; the one predicted for the whole image by default.</param>
    /// <param name="patch">Height and width of the patch in pixels, at most the image's; by default an eighth of the shorter side, rounded up.</param>
    /// <param name="stride">Pixels from one patch to the next, at most the patch's; by default half the patch, rounded up. The last patch of a row may reach over the border and is cut.</param>
    /// <param name="fill">The value of covered pixels, in the images' scale; by default each image's mean colour.</param>
    /// <param name="score">What is explained: the output by default, so the fall of the probability.</param>
    /// <param name="batchSize">Covered images per pass, at least 1; 32 by default.</param>
    /// <returns>Signed, <c>(H, W)</c> for one image, <c>(N, H, W)</c> for a batch, on the CPU.</returns>
    /// <exception cref="KerasException">The model is not built, takes no images or has no class scores, a shape does not fit, the class does not exist, or a size is out of range.</exception>
    public static Tensor Of(
        Model model,
        Tensor images,
        ClassChoice? classIndex = null,
        Size2D? patch = null,
        Size2D? stride = null,
        double? fill = null,
        ClassScore score = ClassScore.Probability,
        int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        var reader = new LayerReader(model);
        if (model.Inputs[0].Shape.Rank is not (3 or 4)) throw Throw.NothingToCover(model);
        if (batchSize < 1) throw Throw.NotPositive(nameof(batchSize), batchSize);
        // One image at a time: its covered copies fill the batches.
        var passSize = batchSize;
        return AttributionBatch.Run(reader, images, classIndex, score, 1, batch =>
        {
            using var gradients = torch.no_grad();
            var rows = batch.Images.ndim == 4 && batch.Format.IsChannelsFirst ? 2 : 1;
            var (height, width) = (batch.Images.shape[rows], batch.Images.shape[rows + 1]);
            var size = patch ?? new Size2D((Math.Min(height, width) + 7) / 8, (Math.Min(height, width) + 7) / 8);
            var step = stride ?? new Size2D((size.Height + 1) / 2, (size.Width + 1) / 2);
            if (size.Height < 1 || size.Width < 1 || size.Height > height || size.Width > width) throw Throw.Patch(size, height, width);
            if (step.Height < 1 || step.Width < 1 || step.Height > size.Height || step.Width > size.Width) throw Throw.PatchStride(step, size);
            var cover = fill is { } value ? torch.full_like(batch.Images, value) : batch.Images.mean([rows, rows + 1], true).expand(batch.Images.shape);
            var whole = batch.Scores(batch.Images, out _);
            var falls = torch.zeros([height, width], whole.dtype, whole.device);
            var covered = torch.zeros_like(falls);
            foreach (var places in Places(height, width, size, step).Chunk(passSize))
            {
                using var scope = torch.NewDisposeScope();
                var copies = batch.Images.repeat([places.Length, .. Enumerable.Repeat(1L, (int)batch.Images.ndim - 1)]);
                for (var i = 0; i < places.Length; i++) places[i].In(copies.narrow(0, i, 1), rows).copy_(places[i].In(cover, rows));
                var fall = whole.sub(batch.Scores(copies, out _));
                for (var i = 0; i < places.Length; i++)
                {
                    places[i].In(falls, 0).add_(fall[i]);
                    places[i].In(covered, 0).add_(1);
                }
            }
            return falls.div(covered).unsqueeze(0);
        });
    }

    private static IEnumerable<Place> Places(long height, long width, Size2D size, Size2D step)
    {
        for (long y = 0; ; y += step.Height)
        {
            for (long x = 0; ; x += step.Width)
            {
                yield return new(y, x, Math.Min(size.Height, height - y), Math.Min(size.Width, width - x));
                if (x + size.Width >= width) break;
            }
            if (y + size.Height >= height) break;
        }
    }

    private readonly record struct Place(long Y, long X, long Height, long Width)
    {
        public Tensor In(Tensor images, int rows) => images.narrow(rows, Y, Height).narrow(rows + 1, X, Width);
    }
}
