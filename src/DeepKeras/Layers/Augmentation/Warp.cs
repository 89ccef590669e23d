namespace DeepKeras.Layers;

/// <summary>Resamples images through homographies, with torch's <c>grid_sample</c> on every device.</summary>
internal static class Warp
{
    /// <param name="images">(N, C, H, W), of any type; the result has the same.</param>
    /// <param name="sources">Per image the map from (column, row) of the result to (column, row) of the image, centres at whole numbers.</param>
    /// <param name="sampling">How to read there.</param>
    public static Tensor Apply(Tensor images, Homography[] sources, ImageSampling sampling)
    {
        if (images.dtype is not (ScalarType.Float32 or ScalarType.Float64)) return Apply(images.to(ScalarType.Float32), sources, sampling).to(images.dtype);
        if (WarpKernel.Takes(images)) return WarpKernel.Apply(images, sources, sampling);
        var (height, width) = (images.shape[2], images.shape[3]);
        if (sampling.Outside == FillMode.Wrap)
        {
            var padded = torch.nn.functional.pad(images, [0, 1, 0, 1], PaddingModes.Circular);
            return Sample(padded, Grid(images, sources, Homography.Identity, height, width), sampling with { Outside = FillMode.Nearest });
        }
        // grid_sample without aligned corners reads at ((g + 1) · size − 1) / 2.
        var toGrid = new Homography(2.0 / width, 0, (1.0 / width) - 1, 0, 2.0 / height, (1.0 / height) - 1);
        return Sample(images, Grid(images, sources, toGrid, 0, 0), sampling);
    }

    /// <summary>Resamples images at a place of its own for every pixel.</summary>
    /// <param name="images">(N, C, H, W), of any type; the result has the same.</param>
    /// <param name="places">(N, H, W, 2): where to read (column, row), centres at whole numbers.</param>
    /// <param name="sampling">How to read there.</param>
    public static Tensor Read(Tensor images, Tensor places, ImageSampling sampling)
    {
        if (images.dtype is not (ScalarType.Float32 or ScalarType.Float64)) return Read(images.to(ScalarType.Float32), places, sampling).to(images.dtype);
        var (height, width) = (images.shape[2], images.shape[3]);
        var grid = places.to(images.dtype, images.device);
        if (sampling.Outside == FillMode.Wrap)
        {
            return Sample(torch.nn.functional.pad(images, [0, 1, 0, 1], PaddingModes.Circular), Periodic(grid, height, width), sampling with { Outside = FillMode.Nearest });
        }
        var extents = torch.tensor([(double)width, height]).to(images.dtype, images.device);
        return Sample(images, grid.mul(2).add_(1).div_(extents).sub_(1), sampling);
    }

    private static Tensor Sample(Tensor images, Tensor grid, ImageSampling sampling)
    {
        var mode = sampling.IsNearest ? torch.GridSampleMode.Nearest : torch.GridSampleMode.Bilinear;
        return sampling switch
        {
            { Outside: FillMode.Reflect } => torch.nn.functional.grid_sample(images, grid, mode, torch.GridSamplePaddingMode.Reflection, false),
            { Outside: FillMode.Nearest } => torch.nn.functional.grid_sample(images, grid, mode, torch.GridSamplePaddingMode.Border, false),
            { FillValue: 0 } => torch.nn.functional.grid_sample(images, grid, mode, torch.GridSamplePaddingMode.Zeros, false),
            // The outside is 0, and the inside lies as much lower.
            _ => Sample(images.sub(sampling.FillValue), grid, sampling with { FillValue = 0 }).add_(sampling.FillValue),
        };
    }

    /// <summary>(N, H, W, 2): where to read for every pixel; with a period, taken modulo it and then as grid_sample counts in the padded image.</summary>
    private static Tensor Grid(Tensor images, Homography[] sources, Homography toGrid, long rowPeriod, long columnPeriod)
    {
        var (height, width) = (images.shape[2], images.shape[3]);
        var options = (images.dtype, images.device);
        var columns = torch.arange(0, width, 1, options.dtype, options.device).expand(height, width);
        var rows = torch.arange(0, height, 1, options.dtype, options.device).unsqueeze(1).expand(height, width);
        var pixels = torch.stack([columns, rows, torch.ones([height, width], options.dtype, options.device)], -1).reshape(1, height * width, 3);
        var matrices = torch.tensor([.. sources.SelectMany(s => Transposed(toGrid * s))]).reshape(-1, 3, 3).to(options.dtype, options.device);
        var places = torch.bmm(pixels.expand(sources.Length, height * width, 3), matrices);
        var grid = places.narrow(2, 0, 2);
        if (Array.Exists(sources, s => !s.IsAffine)) grid = grid.div(places.narrow(2, 2, 1));
        if (rowPeriod > 0) grid = Periodic(grid, rowPeriod, columnPeriod);
        return grid.reshape(-1, height, width, 2);
    }

    /// <summary>Places modulo the image's extents, as grid_sample counts them in an image that one row and one column were repeated for.</summary>
    private static Tensor Periodic(Tensor places, long rowPeriod, long columnPeriod)
    {
        var periods = torch.tensor([(double)columnPeriod, rowPeriod]).to(places.dtype, places.device);
        return places.remainder(periods).mul(2).add(1).div(periods.add(1)).sub(1);
    }

    private static double[] Transposed(Homography h) => [h.A0, h.B0, h.C0, h.A1, h.B1, h.C1, h.A2, h.B2, h.C2];
}
