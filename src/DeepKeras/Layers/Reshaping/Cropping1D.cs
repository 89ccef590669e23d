namespace DeepKeras.Layers;

/// <summary>Cuts steps away from the ends of sequences (Keras: <c>keras.layers.Cropping1D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, L − before − after, C)</c>.
/// <code>var t = Cropping1D((0, 4))(Input(100, 8)); // (None, 96, 8)</code>
/// </remarks>
public sealed class Cropping1D : CroppingBase<Padding1D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping"><c>1</c> (both ends, the default) or <c>(1, 2)</c> (before, after).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An end is negative.</exception>
    public Cropping1D(Padding1D? cropping = null, Shape? inputShape = null, string? name = null)
        : base(cropping ?? 1, DataFormat.ChannelsLast, nameof(ZeroPadding1D), inputShape, name)
    {
    }
}
