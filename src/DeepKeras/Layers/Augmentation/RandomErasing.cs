namespace DeepKeras.Layers;

/// <summary>While training, covers a rectangle of every image with noise or with one colour (Zhong et al. 2020; Keras: <c>keras.layers.RandomErasing</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged; boxes and masks stay: what they mark is covered, but still there.
/// <code>var t = RandomErasing(scale: [0.02, 0.1], fillValue: 0)(Input(32, 32, 3));</code>
/// </remarks>
public sealed class RandomErasing : RandomAugmentationLayer
{
    private readonly (double Low, double High) _probability;
    private readonly (double Low, double High) _scales;
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="factor">The probability for an image: one number f for a probability drawn from 0 … f, or a range, within 0 … 1; 1 by default.</param>
    /// <param name="scale">Height and width of the rectangle are each the root of a number from this range times the image's, within 0 … 1; <c>[0.02, 0.33]</c> by default.</param>
    /// <param name="fillValue">What covers: one number, or one per channel; by default normal noise times the greatest value.</param>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor, the scale or the range is not valid.</exception>
    public RandomErasing(Numbers? factor = null, Numbers? scale = null, Numbers? fillValue = null, Numbers? valueRange = null, int? seed = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(seed, dataFormat, inputShape, name)
    {
        Factor = factor ?? 1;
        Scale = scale ?? [0.02, 0.33];
        FillValue = fillValue;
        ValueRange = valueRange ?? [0, 255];
        _probability = FactorRange.Read(Where, nameof(factor), Factor, 0, 1);
        _scales = FactorRange.Read(Where, nameof(scale), Scale, 0, 1);
        _values = FactorRange.Values(Where, ValueRange);
    }

    /// <summary>The probability for an image.</summary>
    public Numbers Factor { get; }

    /// <summary>What the size of the rectangle is drawn from.</summary>
    public Numbers Scale { get; }

    /// <summary>What covers.</summary>
    public Numbers? FillValue { get; }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var output = base.ComputeOutputShape(input);
        var channels = DataFormat.IsChannelsFirst ? input[^3] : input[^1];
        if (FillValue is { IsScalar: false, Count: var count } && (channels ?? count) != count) throw Throw.BadInput(this, $"images of {count} channels, for fillValue {FillValue}", input, "Give one number, or one for each channel.");
        return output;
    }

    internal override ImageTransform? Draw(KeyedRandom random, ImageBatch batch)
    {
        var chosen = PerImage(batch, () => random.Chance(random.Uniform(_probability)));
        var rectangles = PerImage(batch, () => PixelRectangle.Draw(random, batch, Math.Sqrt(random.Uniform(_scales)), Math.Sqrt(random.Uniform(_scales))));
        var keys = PerImage(batch, random.Next);
        return new PixelTransform(images =>
        {
            var erased = images.clone();
            for (var i = 0; i < batch.Count; i++)
            {
                if (!chosen[i] || rectangles[i].IsEmpty) continue;
                var hole = rectangles[i].Of(erased.select(0, i));
                _ = hole.copy_(Cover(hole, keys[i]));
            }
            return erased;
        });
    }

    private Tensor Cover(Tensor hole, ulong key)
    {
        if (FillValue is not null) return FillValue.ToTensor(hole.dtype).reshape(-1, 1, 1).clamp_(_values.Low, _values.High).to(hole.device);
        // Drawn on the CPU whatever the device, so that it is the same noise everywhere.
        using var generator = new torch.Generator(key, torch.CPU);
        return torch.empty(hole.shape, hole.dtype, torch.CPU).normal_(0, 1, generator).mul_(_values.High).clamp_(_values.Low, _values.High).to(hole.device);
    }
}
