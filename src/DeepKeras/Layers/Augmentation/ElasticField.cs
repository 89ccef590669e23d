namespace DeepKeras.Layers;

/// <summary>Where an elastic transform reads.</summary>
internal static class ElasticField
{
    /// <summary>(N, 2, H, W): standard normal noise for columns and rows, drawn on the CPU so that it is the same on every device.</summary>
    public static Tensor Noise(ulong[] keys, ImageBatch batch) => torch.stack([.. keys.Select(key => Noise(key, batch))], 0);

    /// <summary>(N, H, W, 2): the place (column, row) for every pixel, centres at whole numbers.</summary>
    /// <param name="noise">(N, 2, H, W).</param>
    /// <param name="strength">From 0, excluded, to 1.</param>
    public static Tensor Places(Tensor noise, double strength)
    {
        var (height, width) = (noise.shape[2], noise.shape[3]);
        var alpha = 0.1 * strength * Math.Max(height, width);
        var sigma = 0.05 * strength * Math.Min(height, width);
        // As in Keras, the bell is cut at three widths, and beyond the image there is no noise.
        var reach = (int)(6 * sigma) / 2;
        var bell = torch.tensor(RandomGaussianBlur.Bell((2 * reach) + 1, sigma)).to(noise.dtype);
        var planes = noise.reshape(-1, 1, height, width);
        var blurred = torch.nn.functional.conv2d(planes, bell.reshape(1, 1, -1, 1), null, [1, 1], [reach, 0]);
        blurred = torch.nn.functional.conv2d(blurred, bell.reshape(1, 1, 1, -1), null, [1, 1], [0, reach]);
        var moves = blurred.mul_(alpha * sigma).reshape(noise.shape);
        var columns = torch.arange(0, width, 1, noise.dtype).reshape(1, 1, width).expand(1, height, width);
        var rows = torch.arange(0, height, 1, noise.dtype).reshape(1, height, 1).expand(1, height, width);
        return moves.add_(torch.stack([columns, rows], 1)).permute(0, 2, 3, 1);
    }

    private static Tensor Noise(ulong key, ImageBatch batch)
    {
        using var generator = new torch.Generator(key, torch.CPU);
        return torch.empty([2, batch.Height, batch.Width], ScalarType.Float32, torch.CPU).normal_(0, 1, generator);
    }
}
