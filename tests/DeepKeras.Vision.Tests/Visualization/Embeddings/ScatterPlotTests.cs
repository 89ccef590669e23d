using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Visualization.Embeddings;

[TestFixture]
public sealed class ScatterPlotTests
{
    [Test]
    public void Points_lie_where_they_belong_in_the_colour_of_their_class()
    {
        using var points = torch.tensor(new float[] { 0, 0, 4, 2 }, [2, 2]);
        using var picture = ScatterPlot.Of(points, torch.tensor(new long[] { 0, 1 }), size: (100, 200), radius: 4);
        // The field is 168 × 68 within a margin of 16: 34 pixels to the unit, bounded by the height; the middle of both stays in the middle.
        Number(picture[50 + 34, 100 - 68, 0]).Should().BeLessThan(100, "the first colour is blue (31, 119, 180)");
        Number(picture[50 - 34, 100 + 68, 0]).Should().BeGreaterThan(240, "the second colour is orange (255, 127, 14)");
        Number(picture[50 - 34, 100 + 68, 2]).Should().BeLessThan(100);
        Numbers(picture[50, 100]).Should().Equal(255, 255, 255);
        // Legend: three gaps of 12 and a name of one letter at a scale of 2; a gap on the right.
        picture.shape.Should().Equal(100, 200 + 36 + 10 + 12, 3);
        Numbers(picture[12 + 6, 200 + 7]).Should().Equal(31, 119, 180);
    }

    [Test]
    public void Many_classes_get_colours_of_their_own()
    {
        var colours = Enumerable.Range(0, 24).Select(i => Colour.OfClass(i, 24)).ToHashSet();
        colours.Should().HaveCount(24);
        Colour.OfClass(0, 12).Should().Be(new Colour(217, 54, 54), "hue 0 at a value of 0.85 and a saturation of 0.75");
    }

    [Test]
    public void Images_lie_at_their_points_and_do_not_hide_each_other()
    {
        using var points = torch.tensor(new float[] { 0, 1, 0, 1, 1, 0 }, [3, 2]);
        using var images = torch.stack([torch.full([8, 8, 1], 0.2), torch.full([8, 8, 1], 0.6), torch.full([8, 8, 1], 1f)]);
        using var picture = ScatterPlot.OfImages(points, images, size: (64, 64));
        picture.shape.Should().Equal(64, 64, 3);
        Numbers(picture[4, 4]).Should().Equal(51, 51, 51);
        Numbers(picture.eq(153).any()).Should().Equal(new double[] { 0 }, "the second image has the place of the first");
        using var bytes = ScatterPlot.OfImages(points, images.mul(255).to_type(ScalarType.Byte), caption: "tiles", size: (64, 64));
        bytes.shape.Should().Equal(64 + 44, 64, 3);
        Numbers(bytes[44 + 4, 4]).Should().Equal(51, 51, 51);
    }

    [Test]
    public void Bad_input_is_refused()
    {
        var points = torch.zeros(3, 2);
        Refused(() => ScatterPlot.Of(torch.zeros(3, 3)), "ScatterPlot: points must be (N, 2)*(3, 3)*");
        Refused(() => ScatterPlot.Of(points.div(0)), "FeatureEmbedding: every number must be finite*");
        Refused(() => ScatterPlot.Of(points, torch.zeros(2)), "ScatterPlot: there must be one label*(3, 2) but received (2,)*");
        Refused(() => ScatterPlot.Of(points, torch.tensor(new long[] { 0, 1, 2 }), ["a", "b"]), "ScatterPlot: every label needs a name but label 2 came with 2 names*");
        Refused(() => ScatterPlot.Of(points, size: (10, 10)), "ScatterPlot: size must be at least 64 by 64 but was (10, 10)*");
        Refused(() => ScatterPlot.Of(points, radius: 0), "ScatterPlot: radius must be*");
        Refused(() => ScatterPlot.OfImages(points, torch.zeros(2, 4, 4, 1)), "ScatterPlot: there must be one image*(2, 4, 4, 1)*");
        Refused(() => ScatterPlot.OfImages(points, torch.zeros(3, 80, 80, 1), size: (64, 64)), "ScatterPlot: size must be at least the images' 80 by 80*");
    }

    private static void Refused(Action action, string message) => action.Should().Throw<KerasException>().WithMessage(message);
}
