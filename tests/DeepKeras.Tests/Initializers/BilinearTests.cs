using DeepKeras.Initializers;

namespace DeepKeras.Tests.Initializers;

[TestFixture]
public sealed class BilinearTests
{
    // Inside the image, a transposed convolution with this kernel is torch's own bilinear enlargement with half-pixel centres.
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(3)]
    public void It_enlarges_as_bilinear_interpolation_does(int factor)
    {
        using var scope = torch.NewDisposeScope();
        var images = Sample(ScalarType.Float32, 2, 6, 5, 3);
        var window = (2 * factor) - (factor % 2);
        var enlarged = new DeepKeras.Layers.Conv2DTranspose(3, window, strides: factor, padding: (window - factor) / 2, outputPadding: (window - factor) % 2, useBias: false, kernelInitializer: "bilinear").Call(images);
        var expected = new DeepKeras.Layers.UpSampling2D(factor, interpolation: "bilinear").Call(images);
        enlarged.shape.Should().Equal(expected.shape);
        var inner = (Tensor t) => t.narrow(1, factor, 4 * factor).narrow(2, factor, 3 * factor);
        Close(inner(enlarged), inner(expected), 1e-5, 0);
    }

    [Test]
    public void A_window_of_four_has_quarters()
    {
        using var scope = torch.NewDisposeScope();
        var kernel = new Bilinear().Create([4, 4, 2, 2], ScalarType.Float64);
        double[] profile = [0.25, 0.75, 0.75, 0.25];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++) kernel[i, j, 0, 0].ToDouble().Should().BeApproximately(profile[i] * profile[j], 1e-12);
        }
        kernel.select(3, 1).select(2, 0).abs().sum().ToDouble().Should().Be(0, "channels do not mix");
    }

    [Test]
    public void Another_kernel_is_refused()
    {
        FluentActions.Invoking(() => new Bilinear().Create([4, 4, 2, 3], ScalarType.Float32)).Should().Throw<KerasException>().WithMessage("Bilinear: the kernel must be of shape (height, width, channels, channels) but was (4, 4, 2, 3). Use it*");
        FluentActions.Invoking(() => new Bilinear().Create([4, 2], ScalarType.Float32)).Should().Throw<KerasException>();
    }
}
