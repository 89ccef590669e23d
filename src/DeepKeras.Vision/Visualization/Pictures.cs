namespace DeepKeras.Vision.Visualization;

/// <summary>What all drawings share: photos as colours, and maps in another size.</summary>
internal static class Pictures
{
    /// <summary>
    /// A photo as float32 (H, W, 3) with values 0 … 255. Bytes stay; numbers of 0 … 1 are multiplied, of 0 … 255 kept, others
    /// (standardised images) stretched from their least to their greatest.
    /// </summary>
    /// <exception cref="KerasException">The tensor is no picture.</exception>
    public static Tensor ToRgb(Tensor photo)
    {
        if (photo.ndim == 4 && photo.shape[0] == 1) photo = photo.squeeze(0);
        if (photo.ndim is not (2 or 3) || (photo.ndim == 3 && photo.shape[2] is not (1 or 3)) || photo.numel() == 0) throw Throw.Photo(photo);
        var isByte = photo.dtype == ScalarType.Byte;
        var values = photo.detach().cpu().to_type(ScalarType.Float32);
        if (values.ndim == 2) values = values.unsqueeze(-1);
        if (!isByte)
        {
            var (low, high) = (values.min().item<float>(), values.max().item<float>());
            values = low < 0 || high > 255 ? values.sub(low).mul(high > low ? 255 / (high - low) : 0) : high <= 1 ? values.mul(255) : values;
        }
        return values.expand([values.shape[0], values.shape[1], 3]);
    }

    /// <summary>The same as bytes.</summary>
    public static Tensor ToBytes(Tensor rgb) => rgb.clamp(0, 255).round().to_type(ScalarType.Byte);

    /// <summary>Maps (N, h, w) in another size, bilinear between the cells' middles.</summary>
    public static Tensor Resize(Tensor maps, long height, long width) =>
        maps.shape[1] == height && maps.shape[2] == width ? maps
        : torch.nn.functional.interpolate(maps.unsqueeze(1), [height, width], null, torch.InterpolationMode.Bilinear, false).squeeze(1);
}
