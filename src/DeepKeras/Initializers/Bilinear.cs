namespace DeepKeras.Initializers;

/// <summary>
/// The kernel with which a transposed convolution enlarges each channel by bilinear interpolation: factor s with a window of 2s − s mod 2 and strides of s
/// (Long et al. 2015, "Fully convolutional networks for semantic segmentation", section 3.3).
/// </summary>
/// <remarks>
/// For a window of k cells with factor f = ⌈k / 2⌉ and centre c = f − 1 (k odd) or f − ½ (k even) it is (1 − |i − c| / f) · (1 − |j − c| / f) from each channel to itself, 0 between channels.
/// <code>var t = Conv2DTranspose(21, 4, strides: 2, padding: "same", useBias: false, kernelInitializer: "bilinear")(scores);</code>
/// </remarks>
public sealed class Bilinear : Initializer
{
    /// <inheritdoc/>
    public override Tensor Create(long[] shape, ScalarType dtype)
    {
        if (shape.Length != 4 || shape[2] != shape[3]) throw Throw.BadArgument(nameof(Bilinear), "the kernel", "of shape (height, width, channels, channels)", new Shape(shape), "Use it in a Conv2DTranspose with as many filters as channels.");
        using var scope = torch.NewDisposeScope();
        var window = Profile(shape[0]).unsqueeze(1).mul(Profile(shape[1]).unsqueeze(0));
        return window.unsqueeze(-1).unsqueeze(-1).mul(torch.eye(shape[2], -1, ScalarType.Float64)).to(dtype).MoveToOuterDisposeScope();
    }

    private static Tensor Profile(long size)
    {
        var factor = (size + 1) / 2;
        var centre = size % 2 == 1 ? factor - 1 : factor - 0.5;
        return torch.tensor([.. Enumerable.Range(0, (int)size).Select(i => 1 - (Math.Abs(i - centre) / factor))], ScalarType.Float64);
    }
}
