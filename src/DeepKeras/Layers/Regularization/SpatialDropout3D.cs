namespace DeepKeras.Layers;

/// <summary>
/// Dropout of whole channels: while training, a channel of a volume is 0 everywhere with probability <c>rate</c>, else divided by 1 − rate
/// (Keras: <c>keras.layers.SpatialDropout3D</c>; Tompson et al. 2015).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C)</c>, unchanged.
/// <code>var t = SpatialDropout3D(0.2)(Input(16, 28, 28, 16));</code>
/// </remarks>
public sealed class SpatialDropout3D : SpatialDropoutBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of channels dropped, from 0 to 1.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The rate is not between 0 and 1.</exception>
    public SpatialDropout3D(double rate, DataFormat dataFormat = default, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(3, rate, dataFormat, seed, inputShape, name) => DataFormat = dataFormat;

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }
}
