namespace DeepKeras.Layers;

/// <summary>
/// Dropout of whole channels: while training, a channel of a sequence is 0 at every step with probability <c>rate</c>, else divided by 1 − rate
/// (Keras: <c>keras.layers.SpatialDropout1D</c>; Tompson et al. 2015).
/// </summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C)</c>, unchanged.
/// <code>var t = SpatialDropout1D(0.2)(Input(100, 16));</code>
/// </remarks>
public sealed class SpatialDropout1D : SpatialDropoutBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The share of channels dropped, from 0 to 1.</param>
    /// <param name="seed">Gives the layer random numbers of its own; by default they follow <see cref="Keras.SetRandomSeed"/>.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The rate is not between 0 and 1.</exception>
    public SpatialDropout1D(double rate, int? seed = null, Shape? inputShape = null, string? name = null)
        : base(1, rate, DataFormat.ChannelsLast, seed, inputShape, name)
    {
    }
}
