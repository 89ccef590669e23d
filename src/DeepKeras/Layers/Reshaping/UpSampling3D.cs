namespace DeepKeras.Layers;

/// <summary>Enlarges volumes by whole factors: every cell is repeated (Keras: <c>keras.layers.UpSampling3D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C) → (N, size.Depth · D, size.Height · H, size.Width · W, C)</c>.
/// <code>var t = UpSampling3D((1, 2, 2))(Input(16, 14, 14, 8)); // (None, 16, 28, 28, 8)</code>
/// </remarks>
public sealed class UpSampling3D : UpSamplingBase
{
    /// <summary>Creates the layer.</summary>
    /// <param name="size">Factors of depth, height and width; 2 by default.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A factor is not positive.</exception>
    public UpSampling3D(Size3D? size = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base((size ?? 2).ToArray(), dataFormat, "Write for example size: 2 or (1, 2, 2); use AveragePooling3D to shrink volumes.", inputShape, name)
    {
        Size = size ?? 2;
        DataFormat = dataFormat;
    }

    /// <summary>Factors of depth, height and width.</summary>
    public Size3D Size { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }
}
