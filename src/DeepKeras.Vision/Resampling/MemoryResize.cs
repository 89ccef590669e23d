namespace DeepKeras.Vision.Resampling;

/// <summary>Resizes dense batches of bytes or float32 on the CPU.</summary>
internal static unsafe class MemoryResize
{
    /// <summary>Whether a batch is of that kind, and small enough for one span each way.</summary>
    public static bool Can(Tensor batch, int toHeight, int toWidth) =>
        batch.device_type == DeviceType.CPU && !batch.requires_grad && (batch.dtype is ScalarType.Byte or ScalarType.Float32)
        && Math.Max(batch.numel(), batch.shape[0] * toHeight * toWidth * batch.shape[3]) * batch.dtype.ElementSize() < int.MaxValue;

    /// <summary>Resizes a batch.</summary>
    /// <param name="batch">Dense, (N, H, W, C).</param>
    /// <param name="toHeight">Rows wanted.</param>
    /// <param name="toWidth">Columns wanted.</param>
    /// <param name="interpolation">How.</param>
    /// <param name="antialias">Whether kernels are widened when shrinking.</param>
    public static Tensor Run(Tensor batch, int toHeight, int toWidth, Interpolation interpolation, bool antialias)
    {
        var (count, height, width, channels) = ((int)batch.shape[0], (int)batch.shape[1], (int)batch.shape[2], (int)batch.shape[3]);
        if (height == toHeight && width == toWidth) return batch.clone();
        var target = torch.empty([count, toHeight, toWidth, channels], batch.dtype);
        var floats = batch.dtype == ScalarType.Float32;
        var size = floats ? 4 : 1;
        var rows = floats && interpolation != Interpolation.Nearest ? new Taps(interpolation, antialias, height, toHeight) : null;
        var columns = rows is null ? null : new Taps(interpolation, antialias, width, toWidth);
        fixed (byte* from = batch.bytes, to = target.bytes)
        {
            for (var i = 0; i < count; i++)
            {
                var source = from + ((long)i * height * width * channels * size);
                var result = to + ((long)i * toHeight * toWidth * channels * size);
                if (rows is not null) FloatResampler.Resize((float*)source, width * channels, width, channels, (float*)result, toWidth, rows, columns!);
                else if (floats) NearestResampler.Resize(source, (long)width * channels * size, channels * size, result, NearestResampler.Indices(height, toHeight), NearestResampler.Indices(width, toWidth));
                else Bytes(source, width * channels, AspectWindow.Whole(height, width), channels, result, toHeight, toWidth, interpolation, antialias);
            }
        }
        return target;
    }

    /// <summary>Resizes a part of a picture of bytes into memory that is there already.</summary>
    /// <param name="source">The whole picture.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="window">The part; without border.</param>
    /// <param name="channels">Bytes per pixel.</param>
    /// <param name="target">Where to.</param>
    /// <param name="toHeight">Rows wanted.</param>
    /// <param name="toWidth">Columns wanted.</param>
    /// <param name="interpolation">How.</param>
    /// <param name="antialias">Whether kernels are widened when shrinking.</param>
    public static void Bytes(byte* source, int stride, in AspectWindow window, int channels, byte* target, int toHeight, int toWidth, Interpolation interpolation, bool antialias)
    {
        source += ((long)window.Top * stride) + (window.Left * channels);
        if (window.Height == toHeight && window.Width == toWidth)
        {
            long length = (long)toWidth * channels;
            for (var y = 0; y < toHeight; y++) Buffer.MemoryCopy(source + ((long)y * stride), target + (y * length), length, length);
        }
        else if (interpolation == Interpolation.Nearest)
        {
            NearestResampler.Resize(source, stride, channels, target, NearestResampler.Indices(window.Height, toHeight), NearestResampler.Indices(window.Width, toWidth));
        }
        else
        {
            ByteResampler.Resize(source, stride, window.Height, window.Width, channels, target, toHeight, toWidth, interpolation, antialias);
        }
    }
}
