namespace DeepKeras.Layers;

/// <summary>Cuts slices, rows and columns away from the faces of volumes (Keras: <c>keras.layers.Cropping3D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C) → (N, D − front − back, H − top − bottom, W − left − right, C)</c>.
/// <code>var t = Cropping3D(2)(Input(16, 32, 32, 1)); // (None, 12, 28, 28, 1)</code>
/// </remarks>
public sealed class Cropping3D : CroppingBase<Padding3D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping">
    /// <c>1</c> (all faces, the default), <c>(1, 2, 3)</c> (slices, rows, columns) or <c>((1, 2), (3, 4), (5, 6))</c> (front, back), (top, bottom), (left, right).
    /// </param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A face is negative.</exception>
    public Cropping3D(Padding3D? cropping = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(cropping ?? 1, dataFormat, nameof(ZeroPadding3D), inputShape, name) => DataFormat = dataFormat;

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }
}
