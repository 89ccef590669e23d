using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization;

[TestFixture]
public sealed class FiltersTests
{
    [Test]
    public void Filters_over_colours_are_in_colour_with_gray_for_zero()
    {
        var model = new Sequential([Conv2D(2, 1, inputShape: (4, 4, 3), name: "c")]);
        // (1, 1, 3, 2): filter 0 is (2, 0, −2), filter 1 (0.5, 0.5, 0.25).
        model.Layers[0].SetWeights([Floats([2, 0.5f, 0, 0.5f, -2, 0.25f], 1, 1, 3, 2), Vector(0, 0)]);
        using var picture = Filters.Of(model, "c", scale: 1, captions: false);
        picture.shape.Should().Equal(5, 8, 3);
        Numbers(picture[2, 2]).Should().Equal(255, 128, 0);
        Numbers(picture[2, 5]).Should().Equal(255, 255, 191);
        using var same = Filters.Of(model.Layers[0], scale: 1, captions: false);
        Same(picture, same).Should().BeTrue();
        using var first = Filters.Of(model, scale: 1, captions: false);
        Same(picture, first).Should().BeTrue("the first convolution is the default");
    }

    [Test]
    public void Deeper_filters_are_means_or_slices()
    {
        var model = new Sequential([Conv2D(1, 1, inputShape: (4, 4, 2), name: "c")]);
        model.Layers[0].SetWeights([Floats([1, -3], 1, 1, 2, 1), Vector(0)]);
        using var mean = Filters.Of(model, scale: 1, captions: false, colorMap: "gray");
        mean.shape.Should().Equal(5, 5, 3);
        Numbers(mean[2, 2]).Should().Equal(0, 0, 0);
        using var slices = Filters.Of(model, slices: true, scale: 1, captions: false, colorMap: "gray");
        slices.shape.Should().Equal(5, 8, 3);
        // 1 and −3 on a scale of −3 … 3: ⌊256 · 4/6⌋ and 0.
        Numbers(slices[2].select(1, 0).narrow(0, 2, 4)).Should().Equal(170, 255, 255, 0);
    }

    [Test]
    public void Every_kind_of_convolution_has_filters()
    {
        var model = new Sequential(
        [
            DepthwiseConv2D(3, depthMultiplier: 2, inputShape: (8, 8, 3), name: "depthwise"), SeparableConv2D(4, 3, name: "separable"), Conv2DTranspose(5, 3, name: "transpose"), Conv2D(4, 3, groups: 1, name: "plain"),
        ]);
        Tiles("depthwise").Should().Be(6);
        Tiles("separable").Should().Be(6);
        Tiles("transpose").Should().Be(5);
        Tiles("plain").Should().Be(4);
        using var limited = Filters.Of(model, "depthwise", filters: 2, scale: 1, captions: false);
        limited.shape.Should().Equal(7, 12, 3);
        using var rows = Filters.Of(model, "plain", slices: true, channels: 2, scale: 1, captions: false);
        rows.shape.Should().Equal(2 + (4 * 5), 12, 3);

        long Tiles(string name)
        {
            using var picture = Filters.Of(model, name, scale: 1, captions: false);
            return (picture.shape[1] - 2) / 5 * ((picture.shape[0] - 2) / 5);
        }
    }

    [Test]
    public void A_filter_of_zeros_is_white_or_gray()
    {
        var model = new Sequential([Conv2D(1, 1, inputShape: (4, 4, 2), kernelInitializer: "zeros")]);
        using var picture = Filters.Of(model, scale: 1, captions: false);
        Numbers(picture[2, 2]).Should().Equal(255, 254, 254);
    }

    [Test]
    public void Bad_arguments_are_named()
    {
        var dense = new Sequential([Dense(2, inputShape: 3, name: "d")]);
        Refused(() => Filters.Of(dense), "Filters: model*has no convolution*");
        Refused(() => Filters.Of(dense, "d"), "Filters: Dense 'd'*is no convolution. Take a built Conv2D*");
        Refused(() => Filters.Of(new Layers.Conv2D(2, 3, name: "c")), "Filters: Conv2D 'c' has no weights yet*");
        Refused(() => Filters.Of(dense, "e"), "*has no layer 'e'*");
        var model = new Sequential([Conv2D(1, 1, inputShape: (4, 4, 2))]);
        Refused(() => Filters.Of(model, filters: 0), "filters must be at least 1*");
        Refused(() => Filters.Of(model, channels: 0), "channels must be at least 1*");
    }

    private static void Refused(Func<Tensor> action, string message) => action.Should().Throw<KerasException>().WithMessage(message);
}
