namespace DeepKeras.Layers;

/// <summary>Repeats every step of a sequence (Keras: <c>keras.layers.UpSampling1D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, size · L, C)</c>.
/// <code>var t = UpSampling1D(2)(Input(50, 8)); // (None, 100, 8)</code>
/// </remarks>
public sealed class UpSampling1D : UpSamplingBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="size">How often every step stands in the output; 2 by default.</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">The factor is not positive.</exception>
    public UpSampling1D(long size = 2, Shape? inputShape = null, string? name = null)
        : base([size], DataFormat.ChannelsLast, "Write for example size: 2; use AveragePooling1D to shorten sequences.", inputShape, name) => Size = size;

    /// <summary>How often every step stands in the output.</summary>
    public long Size { get; }
}
