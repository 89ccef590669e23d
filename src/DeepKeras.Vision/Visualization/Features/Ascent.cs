namespace DeepKeras.Vision.Visualization;

/// <summary>Gradient ascent on a batch of images, from noise.</summary>
internal sealed class Ascent
{
    private readonly ObjectiveReader _reader;
    private readonly AscentOptions _options;
    private readonly SeededNoise _random;
    private readonly double _low;
    private readonly double _high;

    public Ascent(ObjectiveReader reader, AscentOptions options)
    {
        Check(options);
        (_reader, _options) = (reader, options);
        _random = new SeededNoise(options.Seed);
        (_low, _high) = options.Range ?? reader.Range;
    }

    private double Span => _high - _low;

    private double Middle => (_low + _high) / 2;

    /// <summary>Climbs with so many images.</summary>
    /// <returns><c>(N, H, W, C)</c> on the CPU.</returns>
    public Tensor Climb(int count)
    {
        using var scope = torch.NewDisposeScope();
        var (height, width) = _options.Size ?? _reader.Size;
        // All begin with the same noise, so that what differs at the end is what they were to maximise.
        var noise = _random.Normal(1, height, width, _reader.Channels).mul(_options.Noise * Span).add(Middle);
        var images = noise.clamp(_low, _high).repeat(count, 1, 1, 1).to(_reader.Device);
        for (var step = 1; step <= _options.Steps; step++) Step(images, step);
        return images.cpu().MoveToOuterDisposeScope();
    }

    private void Step(Tensor images, int step)
    {
        using var scope = torch.NewDisposeScope();
        var (down, right) = (_random.Shift(Reach(images.shape[1], images)), _random.Shift(Reach(images.shape[2], images)));
        var (slope, values) = Slope(_reader, images, down, right);
        using var gradients = torch.no_grad();
        var length = slope.square().mean([1, 2, 3], true).sqrt();
        // Where a filter is silent (a relu at 0) there is no slope to follow: such an image is stirred until the filter wakes up.
        var silent = length.lt(1e-20).to_type(images.dtype);
        images.add_(slope.div(length.add(1e-20)).mul(_options.StepSize * Span));
        if (silent.sum().item<float>() > 0) images.add_(_random.Normal(1, images.shape[1], images.shape[2], images.shape[3]).to(images.device).mul(silent).mul(_options.Noise * Span));
        Smoothing.LowerVariation(images, _options.TotalVariation * _options.StepSize * Span, Span);
        images.sub_(Middle).mul_(1 - _options.Decay).add_(Middle);
        if (_options.BlurEvery > 0 && step % _options.BlurEvery == 0) Smoothing.Blur(images, _options.BlurSigma);
        images.clamp_(_low, _high);
        _options.Progress?.Invoke(new AscentStep(1, 1, step, _options.Steps, ((int)images.shape[1], (int)images.shape[2]), Doubles(values)));
    }

    private int Reach(long side, Tensor images) =>
        _options.Jitter ?? (int)(_reader.HasPlaces ? Math.Min(images.shape[1], images.shape[2]) / 16 : side / 2);

    /// <summary>The gradient of the objectives with respect to the images, as the network sees them shifted.</summary>
    public static (Tensor Slope, Tensor Values) Slope(ObjectiveReader reader, Tensor images, int down, int right)
    {
        using var gradients = torch.enable_grad();
        var leaf = images.detach().roll([down, right], [1, 2]).requires_grad_(true);
        var values = reader.Measure(leaf);
        torch.autograd.backward([values.sum()], null, false, false, [leaf]);
        return (leaf.grad!.roll([-down, -right], [1, 2]), values.detach());
    }

    public static double[] Doubles(Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        return values.detach().to_type(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    private static void Check(AscentOptions options)
    {
        if (options.Steps < 1) throw Throw.AscentOption(nameof(options.Steps), "at least 1", options.Steps);
        if (options.StepSize is not > 0) throw Throw.AscentOption(nameof(options.StepSize), "greater than 0", options.StepSize);
        if (options.Jitter is < 0) throw Throw.AscentOption(nameof(options.Jitter), "at least 0", options.Jitter.Value);
        if (options.BlurEvery < 0) throw Throw.AscentOption(nameof(options.BlurEvery), "at least 0", options.BlurEvery);
        if (options.BlurSigma is not >= 0) throw Throw.AscentOption(nameof(options.BlurSigma), "at least 0", options.BlurSigma);
        if (options.Decay is not (>= 0 and <= 1)) throw Throw.AscentOption(nameof(options.Decay), "between 0 and 1", options.Decay);
        if (options.TotalVariation is not >= 0) throw Throw.AscentOption(nameof(options.TotalVariation), "at least 0", options.TotalVariation);
        if (options.Noise is not >= 0) throw Throw.AscentOption(nameof(options.Noise), "at least 0", options.Noise);
        if (options.Size is { } size && (size.Height < 1 || size.Width < 1)) throw Throw.AscentOption(nameof(options.Size), "at least 1 by 1", size);
        if (options.Range is { } range && !(range.Low < range.High)) throw Throw.AscentOption(nameof(options.Range), "a lower and a higher number", range);
    }
}
