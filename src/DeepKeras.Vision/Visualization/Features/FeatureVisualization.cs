namespace DeepKeras.Vision.Visualization;

/// <summary>
/// Images that a network answers to as strongly as possible, found by gradient ascent on the pixels, starting from noise
/// (Erhan et al., 2009; Simonyan et al., 2013; shifts, blur and norms as in Olah et al., "Feature Visualization", 2017).
/// They show what a filter, a unit, a layer or a class looks for. The model, its gradients and the global random state stay as they are.
/// </summary>
/// <remarks>
/// <code>
/// using var panel = FeatureVisualization.Panel(model, "conv2d_1", channels: [0, 1, 2, 3]);
/// ImageFile.Save("conv2d_1.png", panel);
/// var frog = FeatureVisualization.MaximizeClass(model, 6, new AscentOptions { Steps = 400 });   // (32, 32, 3)
/// ImageFile.Save("frog.png", FeatureVisualization.ToPicture(frog));
/// </code>
/// </remarks>
public static class FeatureVisualization
{
    private const int DefaultChannels = 16;
    private const int BatchSize = 16;

    /// <summary>An image that maximises the mean answer of one filter.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="channel">From 0.</param>
    /// <param name="options">How to climb.</param>
    /// <returns>float32 <c>(H, W, C)</c> within the value range, on the CPU.</returns>
    /// <exception cref="KerasException">There is no such layer or channel, or the layer does not take that size.</exception>
    public static Tensor MaximizeFilter(Model model, string layer, int channel, AscentOptions? options = null) => One(model, Objective.Channel(layer, channel), options);

    /// <summary>An image that maximises all that a layer answers: the mean of the squares.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="options">How to climb.</param>
    /// <returns>float32 <c>(H, W, C)</c> within the value range, on the CPU.</returns>
    /// <exception cref="KerasException">There is no such layer, or it does not take that size.</exception>
    public static Tensor MaximizeLayer(Model model, string layer, AscentOptions? options = null) => One(model, Objective.Layer(layer), options);

    /// <summary>An image that maximises one number of a layer's output; it fills that unit's receptive field.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="channel">From 0.</param>
    /// <param name="row">From 0; the middle by default.</param>
    /// <param name="column">From 0; the middle by default.</param>
    /// <param name="options">How to climb.</param>
    /// <returns>float32 <c>(H, W, C)</c> within the value range, on the CPU.</returns>
    /// <exception cref="KerasException">There is no such layer or unit, or the layer does not take that size.</exception>
    public static Tensor MaximizeUnit(Model model, string layer, int channel, int? row = null, int? column = null, AscentOptions? options = null) =>
        One(model, Objective.Unit(layer, channel, row, column), options);

    /// <summary>An image that maximises the score of a class, before a closing softmax or sigmoid.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>.</param>
    /// <param name="classIndex">From 0.</param>
    /// <param name="options">How to climb.</param>
    /// <returns>float32 <c>(H, W, C)</c> within the value range, on the CPU.</returns>
    /// <exception cref="KerasException">There is no such class, or the model does not take that size.</exception>
    public static Tensor MaximizeClass(Model model, int classIndex, AscentOptions? options = null) => One(model, Objective.Class(classIndex), options);

    /// <summary>One image per objective, all climbing at once as one batch.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>.</param>
    /// <param name="objectives">What each image should maximise.</param>
    /// <param name="options">How to climb.</param>
    /// <returns>float32 <c>(N, H, W, C)</c> within the value range, on the CPU.</returns>
    /// <exception cref="KerasException">The model has no such layer, channel or class, or does not take that size; or an option is out of range.</exception>
    public static Tensor Maximize(Model model, IReadOnlyList<Objective> objectives, AscentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        return new Ascent(new ObjectiveReader(model, objectives), options ?? new()).Climb(objectives.Count);
    }

    /// <summary>The images that maximise the filters of a layer, side by side with their numbers.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="channels">From 0; the first 16 by default.</param>
    /// <param name="options">How to climb.</param>
    /// <param name="columns">Images per row.</param>
    /// <param name="scale">How many times larger the images are shown.</param>
    /// <returns>uint8 <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">There is no such layer or channel, or the layer does not take that size.</exception>
    public static Tensor Panel(Model model, string layer, IReadOnlyList<int>? channels = null, AscentOptions? options = null, int columns = 8, int scale = 1)
    {
        var reader = new ObjectiveReader(model, [Objective.Layer(layer)]);
        channels ??= [.. Enumerable.Range(0, (int)Math.Min(DefaultChannels, reader.ChannelsOf(layer)))];
        return Panel(model, [.. channels.Select(c => ($"filter {c}", Objective.Channel(layer, c)))], $"What maximises the filters of {layer}", options, columns, scale);
    }

    /// <summary>The images that maximise the classes, side by side with their names.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>.</param>
    /// <param name="classNames">One name per class, in order.</param>
    /// <param name="options">How to climb.</param>
    /// <param name="columns">Images per row.</param>
    /// <param name="scale">How many times larger the images are shown.</param>
    /// <returns>uint8 <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">There are more names than classes, or the model does not take that size.</exception>
    public static Tensor ClassPanel(Model model, IReadOnlyList<string> classNames, AscentOptions? options = null, int columns = 5, int scale = 3) =>
        Panel(model, [.. classNames.Select((name, i) => (name, Objective.Class(i)))], "What maximises the score of each class", options, columns, scale);

    /// <summary>The images that maximise any objectives, side by side with captions.</summary>
    /// <param name="model">A model whose input is <c>(N, H, W, 1 or 3)</c>.</param>
    /// <param name="objectives">Caption and objective of each image.</param>
    /// <param name="caption">A line above the whole; none by default.</param>
    /// <param name="options">How to climb.</param>
    /// <param name="columns">Images per row.</param>
    /// <param name="scale">How many times larger the images are shown.</param>
    /// <returns>uint8 <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">The model has no such layer, channel or class, or does not take that size.</exception>
    public static Tensor Panel(Model model, IReadOnlyList<(string Caption, Objective Objective)> objectives, string? caption = null, AscentOptions? options = null, int columns = 8, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        if (objectives.Count == 0) throw Throw.NoObjective();
        using var scope = torch.NewDisposeScope();
        var grid = new ImageGrid(columns, caption: caption);
        foreach (var part in objectives.Chunk(BatchSize))
        {
            var images = Maximize(model, [.. part.Select(p => p.Objective)], options);
            for (var i = 0; i < part.Length; i++) grid.Add(ToPicture(images[i], scale), caption: part[i].Caption);
        }
        return grid.ToTensor().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// An image as bytes to look at, whatever its values: the mean becomes middle grey and two and a half standard deviations become black and white.
    /// </summary>
    /// <param name="image">Numbers, <c>(H, W, C)</c>.</param>
    /// <param name="scale">How many times larger, smoothly (bicubic); 1 by default.</param>
    /// <returns>uint8, <c>(H · scale, W · scale, C)</c>.</returns>
    /// <exception cref="KerasException">The tensor is no image, or <paramref name="scale"/> is not positive.</exception>
    public static Tensor ToPicture(Tensor image, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (scale < 1) throw Throw.PictureArgument(nameof(FeatureVisualization), nameof(scale), "at least 1", scale);
        if (image.ndim != 3 || image.numel() == 0) throw Throw.ImageShape(image);
        using var scope = torch.NewDisposeScope();
        var values = image.detach().cpu().to_type(ScalarType.Float32);
        var deviation = values.sub(values.mean()).square().mean().sqrt().clamp(1e-8);
        if (scale > 1) values = torch.nn.functional.interpolate(values.permute(2, 0, 1).unsqueeze(0), [image.shape[0] * scale, image.shape[1] * scale], null, torch.InterpolationMode.Bicubic, false).squeeze(0).permute(1, 2, 0);
        return values.sub(values.mean()).div(deviation).mul(0.2).add(0.5).clamp(0, 1).mul(255).round().to_type(ScalarType.Byte).contiguous().MoveToOuterDisposeScope();
    }

    private static Tensor One(Model model, Objective objective, AscentOptions? options)
    {
        using var scope = torch.NewDisposeScope();
        return Maximize(model, [objective], options)[0].contiguous().clone().MoveToOuterDisposeScope();
    }
}
