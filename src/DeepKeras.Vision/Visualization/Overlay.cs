namespace DeepKeras.Vision.Visualization;

/// <summary>A heat map laid over the photo that it belongs to.</summary>
/// <remarks>
/// <code>
/// using var map = GradCam.Of(model, photo);
/// using var picture = Overlay.Of(map, photo);           // uint8, (H, W, 3)
/// ImageFile.Save("where.png", picture);
/// </code>
/// </remarks>
public static class Overlay
{
    /// <summary>Brings the map to the photo's size (bilinear), colours it and mixes: <c>(1 − alpha) · photo + alpha · colours</c>.</summary>
    /// <param name="map">Numbers, <c>(h, w)</c> or <c>(1, h, w)</c>, of any range.</param>
    /// <param name="photo"><c>(H, W)</c>, <c>(H, W, 1)</c>, <c>(H, W, 3)</c>, or one of these in a batch of one; bytes, numbers of 0 … 1 or of 0 … 255. Others, such as standardised images, are stretched.</param>
    /// <param name="alpha">How much of the colours is seen, 0 … 1; 0.5 by default.</param>
    /// <param name="colorMap">One of <see cref="ColorMap.Names"/>; <c>"jet"</c> by default. Take <c>"bwr"</c> for signed maps.</param>
    /// <param name="range">The values of the first and the last colour; by default the map's own least and greatest.</param>
    /// <returns>uint8, <c>(H, W, 3)</c>, on the CPU.</returns>
    /// <exception cref="KerasException">A tensor has another shape, alpha is not in 0 … 1, or there is no such colour map.</exception>
    public static Tensor Of(Tensor map, Tensor photo, double alpha = 0.5, string colorMap = "jet", (double Low, double High)? range = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(photo);
        if (!(alpha is >= 0 and <= 1)) throw Throw.Alpha(alpha);
        if (map.ndim == 3 && map.shape[0] == 1) map = map.squeeze(0);
        if (map.ndim != 2 || map.numel() == 0) throw Throw.HeatMap(map);
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var rgb = Pictures.ToRgb(photo);
        var heat = Pictures.Resize(map.detach().cpu().to_type(ScalarType.Float32).unsqueeze(0), rgb.shape[0], rgb.shape[1]).squeeze(0);
        var colours = ColorMap.Apply(heat, colorMap, range?.Low, range?.High).to_type(ScalarType.Float32);
        return Pictures.ToBytes(rgb.mul(1 - alpha).add(colours.mul(alpha))).MoveToOuterDisposeScope();
    }
}
