namespace DeepKeras.Layers;

/// <summary>Stretches every channel of every image so that it spans the whole range of values, in training and outside it (Keras: <c>keras.layers.AutoContrast</c>).</summary>
/// <remarks>
/// <b>Shapes</b> unchanged. A channel of one value only stays as it is.
/// <code>var t = AutoContrast()(Input(32, 32, 3));</code>
/// </remarks>
public sealed class AutoContrast : ImageAugmentationLayer
{
    private readonly (double Low, double High) _values;

    /// <summary>Creates the layer.</summary>
    /// <param name="valueRange">Least and greatest value of a pixel; <c>[0, 255]</c> by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (default) or <c>"channels_first"</c>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The range is not valid.</exception>
    public AutoContrast(Numbers? valueRange = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(dataFormat, inputShape, name)
    {
        ValueRange = valueRange ?? [0, 255];
        _values = FactorRange.Values(Where, ValueRange);
    }

    /// <summary>Least and greatest value of a pixel.</summary>
    public Numbers ValueRange { get; }

    internal override ImageTransform Transform(ImageBatch batch, bool training) => new PixelTransform(images =>
    {
        var low = images.amin([2, 3], true);
        var spread = images.amax([2, 3], true).sub(low);
        var stretched = images.sub(low).div_(spread).mul_(_values.High - _values.Low).add_(_values.Low);
        return torch.where(spread.gt(0), stretched.clamp_(_values.Low, _values.High), images);
    });
}
