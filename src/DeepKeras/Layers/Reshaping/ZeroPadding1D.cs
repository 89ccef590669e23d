namespace DeepKeras.Layers;

/// <summary>Adds steps of zeros at the ends of sequences (Keras: <c>keras.layers.ZeroPadding1D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, L, C) → (N, before + L + after, C)</c>.
/// <code>var t = ZeroPadding1D((4, 0))(Input(100, 8)); // (None, 104, 8)</code>
/// </remarks>
public sealed class ZeroPadding1D : ZeroPaddingBase<Padding1D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding"><c>1</c> (both ends, the default) or <c>(1, 2)</c> (before, after).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, L, C), the default, or <c>"channels_first"</c> (N, C, L).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">An end is negative.</exception>
    public ZeroPadding1D(Padding1D? padding = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(padding ?? 1, dataFormat, nameof(Cropping1D), inputShape, name)
    {
    }
}
