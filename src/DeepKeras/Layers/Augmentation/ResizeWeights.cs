namespace DeepKeras.Layers;

/// <summary>
/// Resizing with antialiasing: along each axis a product with a matrix of weights. The triangle (bilinear) or the cubic of Keys with a = −½ (bicubic)
/// is stretched by the factor of reduction, as Pillow and torch do.
/// </summary>
internal static class ResizeWeights
{
    /// <param name="images">(N, C, H, W), floating point.</param>
    /// <param name="height">Rows afterwards.</param>
    /// <param name="width">Columns afterwards.</param>
    /// <param name="interpolation">Bilinear or bicubic.</param>
    public static Tensor Resize(Tensor images, int height, int width, ResizeInterpolation interpolation)
    {
        var (rows, columns) = (Matrix((int)images.shape[2], height), Matrix((int)images.shape[3], width));
        // In channels-last order, so that the products run over dense memory: first (H′, H) · (H, W C), then (W′, W) · (W, C).
        var surface = images.permute(0, 2, 3, 1);
        var (count, channels) = (images.shape[0], images.shape[1]);
        var reduced = torch.bmm(rows.expand(count, height, images.shape[2]), surface.reshape(count, images.shape[2], images.shape[3] * channels));
        return torch.bmm(columns.expand(count * height, width, images.shape[3]), reduced.reshape(count * height, images.shape[3], channels)).reshape(count, height, width, channels).permute(0, 3, 1, 2);

        Tensor Matrix(int from, int to) => torch.tensor(Weights(from, to, interpolation)).reshape(to, from).to(images.dtype, images.device);
    }

    private static double[] Weights(int from, int to, ResizeInterpolation interpolation)
    {
        var scale = (double)from / to;
        var stretch = Math.Max(scale, 1);
        var reach = (interpolation == ResizeInterpolation.Bicubic ? 2 : 1) * stretch;
        var weights = new double[to * from];
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * scale;
            var (first, last) = (Math.Max(0, (int)(centre - reach + 0.5)), Math.Min(from, (int)(centre + reach + 0.5)));
            var row = weights.AsSpan(i * from, from);
            var total = 0.0;
            for (var j = first; j < last; j++) total += row[j] = Kernel((j + 0.5 - centre) / stretch, interpolation);
            for (var j = first; j < last; j++) row[j] /= total;
        }
        return weights;
    }

    private static double Kernel(double x, ResizeInterpolation interpolation)
    {
        x = Math.Abs(x);
        if (interpolation == ResizeInterpolation.Bilinear) return Math.Max(0, 1 - x);
        return x < 1 ? (((1.5 * x) - 2.5) * x * x) + 1 : x < 2 ? ((((-0.5 * x) + 2.5) * x) - 4) * x + 2 : 0;
    }
}
