using DeepKeras.Data;
using DeepKeras.Vision.Tests.Visualization.Attribution;
using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization;

[TestFixture]
public sealed class ActivationMapsTests
{
    [Test]
    public void Layers_are_named_counted_or_given()
    {
        var model = ReferenceNet.Softmax();
        using var maps = ActivationMaps.Of(model, ReferenceNet.Images[1], "conv1", 2, ^1, model.GetLayer("bn"));
        maps.Layers.Select(l => l.Name).Should().Equal("conv1", "conv2", "scores", "bn");
        maps["conv1"].shape.Should().Equal(1, 8, 8, 4);
        Same(maps[2], maps["conv2"]).Should().BeTrue();
        Close(maps["conv2"], ReferenceNet.Numbers("maps").narrow(0, 1, 1), 1e-5, 1e-4);
        Close(maps["scores"], ReferenceNet.Numbers("logits").softmax(1).narrow(0, 1, 1), 1e-5, 1e-4);
        maps["conv1"].requires_grad.Should().BeFalse();
    }

    [Test]
    public void Without_a_name_every_convolution_is_read()
    {
        using var maps = ActivationMaps.Of(ReferenceNet.Nested(), ReferenceNet.Images);
        maps.Layers.Select(l => l.Name).Should().Equal("conv1", "conv2");
        using var all = ActivationMaps.Of(new Sequential([Dense(3, inputShape: 4, name: "a"), Dense(2, name: "b")]), torch.zeros(1, 4));
        all.Layers.Select(l => l.Name).Should().Equal("a", "b");
    }

    [Test]
    public void A_dropout_layer_shows_what_it_lets_through()
    {
        var model = new Sequential([Dense(3, inputShape: 4, name: "a"), Dropout(0.5, name: "drop"), Dense(2)]);
        using var maps = ActivationMaps.Of(model, Sample(ScalarType.Float32, 2, 4), "a", "drop");
        Same(maps["a"], maps["drop"]).Should().BeTrue();
    }

    [Test]
    public void The_grid_has_a_picture_per_channel_each_with_its_own_range_or_all_with_one()
    {
        var model = new Sequential([Conv2D(2, 1, inputShape: (2, 2, 1), useBias: false, name: "c")]);
        model.Layers[0].SetWeights([Floats([1, 2], 1, 1, 1, 2)]);
        using var maps = ActivationMaps.Of(model, Floats([0, 1, 2, 4], 2, 2), "c");
        // Two pictures of 2 × 2 side by side with gaps of 2.
        using var own = maps.Grid("c", colorMap: "gray", scale: 1, captions: false);
        own.shape.Should().Equal(6, 10, 3);
        Numbers(own.narrow(0, 2, 2).narrow(1, 2, 2).select(2, 0)).Should().Equal(0, 64, 128, 255);
        Numbers(own.narrow(0, 2, 2).narrow(1, 6, 2).select(2, 0)).Should().Equal(0, 64, 128, 255);
        using var common = maps.Grid("c", colorMap: "gray", common: true, scale: 1, captions: false);
        Numbers(common.narrow(0, 2, 2).narrow(1, 2, 2).select(2, 0)).Should().Equal(0, 32, 64, 128);
        Numbers(common.narrow(0, 2, 2).narrow(1, 6, 2).select(2, 0)).Should().Equal(0, 64, 128, 255);
        using var first = maps.Grid("c", channels: 1, scale: 1, captions: false);
        first.shape.Should().Equal(6, 6, 3);
        using var captioned = maps.Grid("c");
        captioned.shape[0].Should().BeGreaterThan(64);
    }

    [Test]
    public void Units_are_bars_and_very_many_a_strip()
    {
        var model = new Sequential([Dense(4, inputShape: 1, useBias: false, name: "few"), Dense(300, name: "many")]);
        model.Layers[0].SetWeights([Floats([1, -1, 0.5f, 0], 1, 4)]);
        using var maps = ActivationMaps.Of(model, Floats([2], 1, 1), "few", "many");
        using var bars = maps.Grid("few", captions: false);
        bars.shape.Should().Equal(2 + 64 + 2, 2 + (4 * 80) + 2, 3);
        // The middle of each bar: painted from 0 (row 32) up for 2, down for −2, half up for 1.
        long Painted(int unit) => Numbers(bars.narrow(0, 2, 64).select(1, 2 + (unit * 80) + 40)).Chunk(3).LongCount(c => !c.All(v => v == 255));
        Painted(0).Should().Be(32);
        Painted(1).Should().Be(32);
        Painted(2).Should().Be(16);
        Painted(3).Should().Be(1, "a unit of 0 is a line");
        using var numbered = maps.Grid("few");
        numbered.shape.Should().Equal(6 + 10 + 6 + 64 + 13 + 6, 6 + (4 * 86), 3);
        using var strip = maps.Grid("many", captions: false);
        strip.shape.Should().Equal(2 + (5 * 6) + 2, 2 + (64 * 6) + 2, 3);
    }

    [Test]
    public void A_channel_is_laid_over_the_photo()
    {
        using var maps = ActivationMaps.Of(ReferenceNet.Softmax(), ReferenceNet.Images, "conv2");
        using var photo = ReferenceNet.Images[1];
        using var picture = maps.Overlay("conv2", 3, photo, image: 1);
        using var expected = Overlay.Of(maps["conv2"][1, .., .., 3], photo);
        Same(picture, expected).Should().BeTrue();
    }

    [Test]
    public void Maps_with_channels_first_are_drawn_alike()
    {
        var first = new Sequential([Conv2D(3, 1, dataFormat: "channels_first", inputShape: (1, 4, 5), name: "c")]);
        using var maps = ActivationMaps.Of(first, Sample(ScalarType.Float32, 1, 4, 5), "c");
        maps["c"].shape.Should().Equal(1, 3, 4, 5);
        using var grid = maps.Grid("c", scale: 1, captions: false);
        grid.shape.Should().Equal(2 + 4 + 2, 2 + (3 * 7), 3);
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(100)]
    public void The_top_images_of_each_channel_are_found_whatever_the_batches(int batchSize)
    {
        // Channel 0 answers with the image, channel 1 with its negative; image i has one bright pixel of height i · 3 mod 10.
        var model = new Sequential([Conv2D(2, 1, inputShape: (2, 2, 1), useBias: false, name: "c")]);
        model.Layers[0].SetWeights([Floats([1, -1], 1, 1, 1, 2)]);
        using var images = torch.zeros(10, 2, 2, 1);
        for (var i = 0; i < 10; i++) images[i].fill_(i * 3 % 10);
        using var top = ActivationMaps.TopImages(model, "c", images, count: 3, batchSize: batchSize);
        Numbers(top.Values).Should().Equal(9, 8, 7, 0, -1, -2);
        Numbers(top.Indices).Should().Equal(3, 6, 9, 0, 7, 4);
        Numbers(top.Image(0, 1)).Should().OnlyContain(v => v == 8);
        Numbers(top.Image(1, 2)).Should().OnlyContain(v => v == 2);
        using var few = ActivationMaps.TopImages(model, "c", images.narrow(0, 0, 2), count: 9, channels: 1);
        few.Values.shape.Should().Equal(1, 2);
        using var grid = top.Grid(scale: 1);
        grid.shape[2].Should().Be(3);
    }

    [Test]
    public void Data_sets_are_streamed_and_leave_nothing_behind()
    {
        var model = new Sequential([Conv2D(2, 3, inputShape: (8, 8, 3), name: "c"), Flatten(), Dense(5, name: "d")]);
        var data = Dataset.FromBatches(() => Enumerable.Range(0, 20).Select(i => ((TensorData)torch.full([4, 8, 8, 3], (float)Math.Sin(i)), (TensorData)torch.zeros(4, 1))));
        using var top = ActivationMaps.TopImages(model, "d", data, count: 2);
        top.Values.shape.Should().Equal(5, 2);
        using var images = ReferenceNet.Images;
        Leaks.None(
            () =>
            {
                using var again = ActivationMaps.TopImages(model, "c", data, count: 2);
                again.Grid().Dispose();
                using var maps = ActivationMaps.Of(model, images);
                maps.Grid("c").Dispose();
            },
            5);
    }

    [Test]
    public void Bad_arguments_are_named()
    {
        var model = ReferenceNet.Nested();
        using var maps = ActivationMaps.Of(model, ReferenceNet.Images, "conv2", "scores");
        Refused(() => ActivationMaps.Of(model, ReferenceNet.Images, "conv22"), "*has no layer 'conv22'. The nearest names are*'body/conv2'*");
        Refused(() => ActivationMaps.Of(model, torch.zeros(1, 8, 8, 1), "conv2"), "*expects images (None, 8, 8, 3)*received (1, 8, 8, 1)*");
        Refused(() => maps["conv1"], "The maps hold no answer of Conv2D 'conv1'*only of 'conv2', 'scores'*");
        Refused(() => maps.Grid("conv2", image: 2), "There is no image 2: there are 2*");
        Refused(() => maps.Grid("conv2", channels: 0), "channels must be at least 1*");
        Refused(() => maps.Overlay("conv2", 5, ReferenceNet.Images[0]), "There is no channel 5: there are 5*");
        Refused(() => maps.Overlay("scores", 0, ReferenceNet.Images[0]), "Dense 'scores'*but maps (N, H, W, channels) are needed*");
        Refused(() => ActivationMaps.TopImages(model, "conv2", ReferenceNet.Images, count: 0), "count must be at least 1*");
        Refused(() => ActivationMaps.TopImages(model, "conv2", ReferenceNet.Images, channels: 0), "channels must be at least 1*");
        Refused(() => ActivationMaps.TopImages(model, "conv2", ReferenceNet.Images, batchSize: 0), "batchSize must be at least 1*");
        Refused(() => ActivationMaps.TopImages(model, "conv2", torch.zeros(0, 8, 8, 3)), "TopImages: there is no image to show model 'outer'*");
        using var top = ActivationMaps.TopImages(model, "conv2", ReferenceNet.Images, count: 1);
        Refused(() => top.Image(9, 0), "There is no channel 9: there are 5*");
        Refused(() => top.Image(0, 1), "There is no image of rank 1: there is 1*");
        Refused(() => top.Grid(channels: 0), "channels must be at least 1*");
        var volume = new Sequential([Reshape([2, 2, 2, 1], inputShape: 8, name: "volume")]);
        using var deep = ActivationMaps.Of(volume, torch.zeros(1, 8));
        Refused(() => deep.Grid("volume"), "Reshape 'volume'*answers with (1, 2, 2, 2, 1), which cannot be drawn*");
        Refused(() => ActivationMaps.TopImages(volume, "volume", torch.zeros(1, 8)), "*which cannot be drawn*");
    }

    private static void Refused(Func<object> action, string message) => action.Should().Throw<KerasException>().WithMessage(message);
}
