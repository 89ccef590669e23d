namespace DeepKeras.Layers;

/// <summary>Adds slices, rows and columns of zeros around volumes (Keras: <c>keras.layers.ZeroPadding3D</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, D, H, W, C) → (N, front + D + back, top + H + bottom, left + W + right, C)</c>.
/// <code>var t = ZeroPadding3D(2)(Input(12, 28, 28, 1)); // (None, 16, 32, 32, 1)</code>
/// </remarks>
public sealed class ZeroPadding3D : ZeroPaddingBase<Padding3D>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="padding">
    /// <c>1</c> (all faces, the default), <c>(1, 2, 3)</c> (slices, rows, columns) or <c>((1, 2), (3, 4), (5, 6))</c> (front, back), (top, bottom), (left, right).
    /// </param>
    /// <param name="dataFormat"><c>"channels_last"</c> (N, D, H, W, C), the default, or <c>"channels_first"</c> (N, C, D, H, W).</param>
    /// <param name="inputShape">Sample shape where this is the first layer, without the batch axis.</param>
    /// <param name="name">A unique name; automatic by default.</param>
    /// <exception cref="KerasException">A face is negative.</exception>
    public ZeroPadding3D(Padding3D? padding = null, DataFormat dataFormat = default, Shape? inputShape = null, string? name = null)
        : base(padding ?? 1, dataFormat, nameof(Cropping3D), inputShape, name)
    {
    }
}
