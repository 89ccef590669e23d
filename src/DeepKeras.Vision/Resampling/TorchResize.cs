namespace DeepKeras.Vision.Resampling;

/// <summary>Resizes with torch's operations: on any device, in any floating-point type, with gradients.</summary>
internal static class TorchResize
{
    /// <summary>Resizes a batch: two products with matrices that hold the weights of <see cref="Taps"/>, or the picking of rows and columns.</summary>
    /// <param name="batch">(N, H, W, C).</param>
    /// <param name="toHeight">Rows wanted.</param>
    /// <param name="toWidth">Columns wanted.</param>
    /// <param name="interpolation">How.</param>
    /// <param name="antialias">Whether kernels are widened when shrinking.</param>
    public static Tensor Run(Tensor batch, int toHeight, int toWidth, Interpolation interpolation, bool antialias)
    {
        var (count, height, width, channels) = (batch.shape[0], batch.shape[1], batch.shape[2], batch.shape[3]);
        if (interpolation == Interpolation.Nearest) return batch.index_select(1, Indices(height, toHeight, batch)).index_select(2, Indices(width, toWidth, batch));
        var exact = batch.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var down = Matrix(new Taps(interpolation, antialias, (int)height, toHeight), (int)height).to(exact, batch.device);
        var across = Matrix(new Taps(interpolation, antialias, (int)width, toWidth), (int)width).to(exact, batch.device);
        var rows = torch.matmul(down, batch.to_type(exact).reshape([count, height, width * channels]));
        var result = torch.matmul(across, rows.reshape([count * toHeight, width, channels])).reshape([count, toHeight, toWidth, channels]);
        return (batch.dtype == ScalarType.Byte ? result.round().clamp(0, 255) : result).to_type(batch.dtype);
    }

    private static Tensor Indices(long from, int to, Tensor like) => torch.tensor(Array.ConvertAll(NearestResampler.Indices((int)from, to), i => (long)i)).to(like.device);

    private static Tensor Matrix(Taps taps, int from)
    {
        var dense = new float[taps.Starts.Length, from];
        for (var i = 0; i < taps.Starts.Length; i++)
        {
            for (var k = 0; k < taps.Count; k++) dense[i, taps.Starts[i] + k] = taps.Weights[(i * taps.Count) + k];
        }
        return torch.tensor(dense);
    }
}
