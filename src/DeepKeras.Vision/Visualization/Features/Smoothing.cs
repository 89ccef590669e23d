namespace DeepKeras.Vision.Visualization;

/// <summary>What keeps images that climb from turning into noise. All of it changes <c>(N, H, W, C)</c> in place.</summary>
internal static class Smoothing
{
    /// <summary>Convolves with a Gaussian, the edge repeated outwards.</summary>
    public static void Blur(Tensor images, double sigma)
    {
        if (sigma <= 0) return;
        using var scope = torch.NewDisposeScope();
        var radius = Math.Max(1, (int)Math.Ceiling(3 * sigma));
        var weights = Enumerable.Range(-radius, (2 * radius) + 1).Select(i => (float)Math.Exp(-i * i / (2 * sigma * sigma))).ToArray();
        var sum = weights.Sum();
        var line = torch.tensor(weights.Select(w => w / sum).ToArray()).to(images.device).to_type(images.dtype);
        var channels = images.shape[3];
        var planes = torch.nn.functional.pad(images.permute(0, 3, 1, 2), [radius, radius, radius, radius], PaddingModes.Replicate);
        planes = torch.nn.functional.conv2d(planes, line.reshape(1, 1, -1, 1).repeat(channels, 1, 1, 1), null, null, null, null, channels);
        planes = torch.nn.functional.conv2d(planes, line.reshape(1, 1, 1, -1).repeat(channels, 1, 1, 1), null, null, null, null, channels);
        images.copy_(planes.permute(0, 2, 3, 1));
    }

    /// <summary>
    /// One step down the total variation <c>Σ √(Δx² + Δy² + ε)</c>, whose gradient is at most a few units per pixel whatever the contrast:
    /// small ripples go, edges stay (Rudin, Osher and Fatemi, 1992).
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="step">How far, in units of pixel values.</param>
    /// <param name="scale">The pixel difference that counts as one.</param>
    public static void LowerVariation(Tensor images, double step, double scale)
    {
        if (step <= 0 || images.shape[1] < 2 || images.shape[2] < 2) return;
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.enable_grad();
        var leaf = images.detach().requires_grad_(true);
        var inner = leaf.narrow(1, 0, leaf.shape[1] - 1).narrow(2, 0, leaf.shape[2] - 1);
        var down = leaf.narrow(1, 1, leaf.shape[1] - 1).narrow(2, 0, leaf.shape[2] - 1).sub(inner);
        var right = leaf.narrow(1, 0, leaf.shape[1] - 1).narrow(2, 1, leaf.shape[2] - 1).sub(inner);
        var variation = down.square().add(right.square()).add(scale * scale * 1e-4).sqrt().sum();
        torch.autograd.backward([variation], null, false, false, [leaf]);
        images.sub_(leaf.grad!.mul(step));
    }
}
