using DeepKeras.Vision.Resampling;

namespace DeepKeras.Vision;

/// <summary>Resizes pictures, one <c>(H, W, C)</c> or a batch <c>(N, H, W, C)</c>, of bytes or floating-point numbers.</summary>
/// <remarks>
/// The numbers are those of PyTorch's <c>interpolate</c> with <c>align_corners=False</c>; bytes are rounded to the nearest (within one grey level of rounding
/// PyTorch's float result). Bytes and float32 on the CPU take a fast path of our own on one thread; other tensors, and those with gradients, are
/// multiplied with the same weights by torch, which passes gradients on.
/// <code>
/// var thumbnail = ImageResize.To(ImageFile.Load("cat.jpg"), (64, 64), antialias: true);   // (64, 64, 3), uint8
/// var batch = ImageResize.To(images, 224, "bicubic", cropToAspectRatio: true);            // (N, 224, 224, C)
/// </code>
/// </remarks>
public static class ImageResize
{
    private static readonly string[] s_names = ["nearest", "bilinear", "bicubic", "area"];

    /// <summary>Resizes.</summary>
    /// <param name="images"><c>(H, W, C)</c> or <c>(N, H, W, C)</c>; uint8 or floating point.</param>
    /// <param name="size">(height, width), or one number for both.</param>
    /// <param name="interpolation"><c>"bilinear"</c> (default), <c>"nearest"</c>, <c>"bicubic"</c>, or <c>"area"</c> (the mean of the pixels that fall on each new one).</param>
    /// <param name="antialias">Whether bilinear and bicubic look at all pixels when they shrink, as Pillow does, instead of at the 2 × 2 or 4 × 4 nearest; no by default, as in Keras.</param>
    /// <param name="cropToAspectRatio">Takes the largest centred part that has the shape of <paramref name="size"/>, so that nothing is distorted.</param>
    /// <param name="padToAspectRatio">Puts borders on two sides first, so that nothing is distorted and nothing lost.</param>
    /// <param name="fillValue">The borders' value; 0 by default.</param>
    /// <returns><c>(height, width, C)</c> or <c>(N, height, width, C)</c>, of the same type and on the same device.</returns>
    /// <exception cref="KerasException">The tensor holds no images, a size is not positive, the interpolation is unknown, or both crop and pad are asked for.</exception>
    public static Tensor To(Tensor images, Size2D size, string interpolation = "bilinear", bool antialias = false, bool cropToAspectRatio = false, bool padToAspectRatio = false, double fillValue = 0)
    {
        ArgumentNullException.ThrowIfNull(images);
        var method = Parse(interpolation);
        if (images.ndim is not (3 or 4) || images.numel() == 0) throw Throw.ResizeShape(images);
        var kind = images.dtype;
        if (kind is not (ScalarType.Byte or ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16)) throw Throw.ResizeType(images);
        var (height, width) = Check(size, cropToAspectRatio, padToAspectRatio);
        if (kind == ScalarType.Byte && fillValue is not (>= 0 and <= 255)) throw Throw.ResizeFill(fillValue);
        using var scope = torch.NewDisposeScope();
        var batch = images.ndim == 3 ? images.unsqueeze(0) : images;
        var window = Window((int)batch.shape[1], (int)batch.shape[2], height, width, cropToAspectRatio, padToAspectRatio);
        var part = Cut(batch, window, fillValue);
        var resized = MemoryResize.Can(part, height, width) ? MemoryResize.Run(part.contiguous(), height, width, method, antialias) : TorchResize.Run(part, height, width, method, antialias);
        return (images.ndim == 3 ? resized.squeeze(0) : resized).MoveToOuterDisposeScope();
    }

    /// <summary>The interpolation of that name.</summary>
    internal static Interpolation Parse(string interpolation) =>
        Array.IndexOf(s_names, interpolation) is >= 0 and var index ? (Interpolation)index : throw Throw.InterpolationName(interpolation, s_names);

    /// <summary>The target size, when the arguments make sense together.</summary>
    internal static (int Height, int Width) Check(Size2D size, bool crop, bool pad)
    {
        if (size.Height is < 1 or > ushort.MaxValue || size.Width is < 1 or > ushort.MaxValue) throw Throw.ResizeSize(size);
        if (crop && pad) throw Throw.CropAndPad();
        return ((int)size.Height, (int)size.Width);
    }

    /// <summary>The part that is resized.</summary>
    internal static AspectWindow Window(int height, int width, int toHeight, int toWidth, bool crop, bool pad) =>
        crop ? AspectWindow.Crop(height, width, toHeight, toWidth)
        : pad ? AspectWindow.Pad(height, width, toHeight, toWidth)
        : AspectWindow.Whole(height, width);

    private static Tensor Cut(Tensor batch, in AspectWindow window, double fillValue)
    {
        var (height, width) = (batch.shape[1], batch.shape[2]);
        if (!window.IsPadded) return batch.narrow(1, window.Top, window.Height).narrow(2, window.Left, window.Width);
        // Only one axis is ever padded.
        var (axis, border) = window.Top < 0 ? (1, -window.Top) : (2, -window.Left);
        var edge = torch.full(axis == 1 ? [batch.shape[0], border, width, batch.shape[3]] : [batch.shape[0], height, border, batch.shape[3]], fillValue, batch.dtype, batch.device);
        return torch.cat([edge, batch, edge], axis);
    }
}
