namespace DeepKeras.Layers;

/// <summary>Changes of hue, saturation and colour in the (N, 3, H, W) view.</summary>
internal static class ColorSpace
{
    /// <summary>Luma after ITU-R BT.601 with Keras's coefficients: (N, 1, H, W).</summary>
    public static Tensor Gray(Tensor images) => images.narrow(1, 0, 1).mul(0.2989).add_(images.narrow(1, 1, 1), 0.587).add_(images.narrow(1, 2, 1), 0.114);

    /// <summary>Adds to the hue, in turns.</summary>
    public static Tensor TurnHue(Tensor images, Tensor turns, (double Low, double High) values)
    {
        var range = values.High - values.Low;
        var (hue, chroma, value) = Decompose(images.sub(values.Low).div_(range));
        return Compose(hue.add_(turns.squeeze(1)), chroma, value).clamp_(0, 1).mul_(range).add_(values.Low);
    }

    /// <summary>Multiplies the saturation, kept within 0 … 1.</summary>
    public static Tensor ScaleSaturation(Tensor images, Tensor factors, (double Low, double High) values)
    {
        // Hue stays, and with it the ratios of the channels' distances from the value: x → v − (v − x) · s′ / s.
        var value = images.amax([1], true);
        var chroma = value.sub(images.amin([1], true));
        // s′ = min(s · f, 1) with s = chroma / value gives s′ / s = min(f, value / chroma).
        var ratio = torch.minimum(factors, value.sub(values.Low).div_(chroma.clamp_(TinyChroma)));
        return images.sub(value).mul_(ratio).add_(value);
    }

    private const double TinyChroma = 1e-12;

    /// <summary>Hue in turns, value less minimum, and value: (N, H, W) each.</summary>
    private static (Tensor Hue, Tensor Chroma, Tensor Value) Decompose(Tensor images)
    {
        var (red, green, blue) = (images.select(1, 0), images.select(1, 1), images.select(1, 2));
        var value = images.amax([1]);
        var chroma = value.sub(images.amin([1]));
        var safe = chroma.clamp(TinyChroma).mul_(6);
        // The sixth of the circle depends on which channel is the greatest; red goes before green.
        var hue = torch.where(
            value.eq(red),
            green.sub(blue).div_(safe),
            torch.where(value.eq(green), blue.sub(red).div_(safe).add_(2.0 / 6), red.sub(green).div_(safe).add_(4.0 / 6)));
        return (hue, chroma, value);
    }

    private static Tensor Compose(Tensor hue, Tensor chroma, Tensor value)
    {
        var sixths = hue.remainder(1).mul_(6);
        var red = sixths.sub(3).abs_().sub_(1).clamp_(0, 1);
        var green = sixths.sub(2).abs_().neg_().add_(2).clamp_(0, 1);
        var blue = sixths.sub(4).abs_().neg_().add_(2).clamp_(0, 1);
        // v · (1 − s + s · d) = v − c · (1 − d) with the chroma c = v · s; channels last in memory.
        var missing = torch.stack([red, green, blue], -1).neg_().add_(1);
        return value.unsqueeze(-1).sub(missing.mul_(chroma.unsqueeze(-1))).permute(0, 3, 1, 2);
    }
}
