namespace DeepKeras.Vision.Visualization;

/// <summary>
/// Deep Dream (Mordvintsev, Olah and Tyka, 2015): changes a photo so that what some layers see in it becomes stronger, from coarse to fine scales
/// ("octaves"). What one scale has drawn is enlarged and laid over the photo at the next, so that the photo's own details stay sharp.
/// </summary>
/// <remarks>
/// <code>
/// using var photo = ImageFile.Load("kangaroo.jpg", channels: 3);
/// using var dream = DeepDream.Of(model, photo, Objective.Layer("conv2d_3") + 0.5 * Objective.Layer("conv2d_4"), octaves: 5);
/// ImageFile.Save("dream.jpg", dream);
/// </code>
/// </remarks>
public static class DeepDream
{
    private const int LeastSide = 16;
    private const int EdgeMargin = 16;

    /// <summary>Dreams on a photo of any size. The model, its gradients and the global random state stay as they are.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>, convolutional up to the layers that are to dream; the size it was built for does not matter.</param>
    /// <param name="photo">uint8 <c>(H, W, C)</c> with as many channels as the model takes.</param>
    /// <param name="objective">What is to become stronger: a layer's name, or layers and channels with weights.</param>
    /// <param name="octaves">How many scales, at least 1; the last is the photo's own size.</param>
    /// <param name="octaveScale">How much larger each scale is than the one before; above 1.</param>
    /// <param name="steps">Steps per scale, at least 1.</param>
    /// <param name="stepSize">The mean change of a pixel in a step as a part of the value range: the gradient is divided by its mean absolute value.</param>
    /// <param name="smoothing">The standard deviation in pixels of the Gaussian that the gradient is blurred with, against speckles; 0 for none.</param>
    /// <param name="jitter">Each step the network sees the photo shifted (round the edge) by up to so many pixels, at random.</param>
    /// <param name="tile">Photos with a longer side are done in pieces of at most that side, which bounds memory; the shifts are then as large as a piece, so that no seam lasts.</param>
    /// <param name="range">The least and the greatest value of a pixel for the model; by default as for <see cref="AscentOptions.Range"/>.</param>
    /// <param name="seed">Chooses the shifts.</param>
    /// <param name="progress">Called after every step.</param>
    /// <returns>uint8, as large as the photo.</returns>
    /// <exception cref="KerasException">The tensor is no such photo, it is too small for so many octaves, the model has no such layer, or the layer takes no image of such a size.</exception>
    public static Tensor Of(
        Model model,
        Tensor photo,
        Objective objective,
        int octaves = 4,
        double octaveScale = 1.4,
        int steps = 15,
        double stepSize = 0.006,
        double smoothing = 0.7,
        int jitter = 16,
        int tile = 512,
        (double Low, double High)? range = null,
        int seed = 0,
        Action<AscentStep>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(objective);
        var reader = new ObjectiveReader(model, [objective]);
        Check(octaves, octaveScale, steps, stepSize, smoothing, jitter, tile);
        if (photo.ndim != 3 || photo.shape[2] != reader.Channels || photo.dtype != ScalarType.Byte) throw Throw.DreamPhoto(photo, reader.Channels);
        var sizes = Sizes(photo, octaves, octaveScale);
        var (low, high) = range ?? reader.Range;
        if (!(low < high)) throw Throw.DreamArgument(nameof(range), "a lower and a higher number", (low, high));
        var random = new SeededNoise(seed);
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var whole = photo.to(reader.Device).to_type(ScalarType.Float32).mul((high - low) / 255).add(low).unsqueeze(0);
        var drawn = torch.zeros_like(whole.narrow(1, 0, 1).narrow(2, 0, 1));
        for (var octave = 0; octave < octaves; octave++)
        {
            var (height, width) = sizes[octave];
            var plain = Resize(whole, height, width);
            var margin = Math.Min(jitter + EdgeMargin, Math.Min(height, width) / 2);
            var image = Mirror(plain.add(Resize(drawn, height, width)).clamp(low, high), margin);
            for (var step = 1; step <= steps; step++)
            {
                using var inner = torch.NewDisposeScope();
                var (slope, values) = TiledSlope.Of(reader, image, jitter, tile, random);
                Smoothing.Blur(slope, smoothing);
                image.add_(slope.mul(stepSize * (high - low)).div(slope.abs().mean().add(1e-20))).clamp_(low, high);
                progress?.Invoke(new AscentStep(octave + 1, octaves, step, steps, (height, width), [values.mean().to_type(ScalarType.Float64).item<double>()]));
            }
            image = image.narrow(1, margin, height).narrow(2, margin, width);
            drawn = image.sub(plain);
            if (octave == octaves - 1) whole = image;
        }
        return whole.sub(low).mul(255 / (high - low)).round().clamp(0, 255).squeeze(0).to_type(ScalarType.Byte).cpu().MoveToOuterDisposeScope();
    }

    /// <summary>Continues the photo beyond its edges as in a mirror: what layers see at the end of their image, where zeros begin, is not dreamt into the photo.</summary>
    private static Tensor Mirror(Tensor images, int margin) =>
        torch.nn.functional.pad(images.permute(0, 3, 1, 2), [margin, margin, margin, margin], PaddingModes.Reflect).permute(0, 2, 3, 1).contiguous();

    /// <summary>Smaller by the mean of what falls together, larger by straight lines.</summary>
    private static Tensor Resize(Tensor images, int height, int width) =>
        ImageResize.To(images, (height, width), height < images.shape[1] ? "area" : "bilinear");

    private static (int Height, int Width)[] Sizes(Tensor photo, int octaves, double scale)
    {
        var sizes = new (int Height, int Width)[octaves];
        for (var i = 0; i < octaves; i++)
        {
            var factor = Math.Pow(scale, octaves - 1 - i);
            sizes[i] = ((int)Math.Round(photo.shape[0] / factor), (int)Math.Round(photo.shape[1] / factor));
        }
        if (Math.Min(sizes[0].Height, sizes[0].Width) < LeastSide) throw Throw.DreamTooSmall(photo, sizes[0], octaves, LeastSide);
        return sizes;
    }

    private static void Check(int octaves, double octaveScale, int steps, double stepSize, double smoothing, int jitter, int tile)
    {
        if (octaves < 1) throw Throw.DreamArgument(nameof(octaves), "at least 1", octaves);
        if (octaveScale is not > 1) throw Throw.DreamArgument(nameof(octaveScale), "above 1", octaveScale);
        if (steps < 1) throw Throw.DreamArgument(nameof(steps), "at least 1", steps);
        if (stepSize is not > 0) throw Throw.DreamArgument(nameof(stepSize), "greater than 0", stepSize);
        if (smoothing is not >= 0) throw Throw.DreamArgument(nameof(smoothing), "at least 0", smoothing);
        if (jitter < 0) throw Throw.DreamArgument(nameof(jitter), "at least 0", jitter);
        if (tile < LeastSide) throw Throw.DreamArgument(nameof(tile), $"at least {LeastSide} pixels", tile);
    }
}
