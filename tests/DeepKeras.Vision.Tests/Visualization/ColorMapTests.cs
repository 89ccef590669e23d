using DeepKeras.Vision.Visualization;

namespace DeepKeras.Vision.Tests.Visualization;

[TestFixture]
public sealed class ColorMapTests
{
    private static readonly JsonDocument s_reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Root, "tests", "DeepKeras.Vision.Tests", "Golden", "attribution", "colormaps.json")));

    private static IEnumerable<string> Names() => ColorMap.Names;

    [TestCaseSource(nameof(Names))]
    public void Every_colour_is_matplotlibs(string name)
    {
        var expected = Convert.FromHexString(s_reference.RootElement.GetProperty("maps").GetProperty(name).GetProperty("table").GetString()!);
        ColorMap.Table(name).Should().Equal(expected);
    }

    [TestCaseSource(nameof(Names))]
    public void Values_get_the_colours_that_matplotlib_gives_them(string name)
    {
        using var values = JsonFixture.Doubles(s_reference.RootElement.GetProperty("values"));
        using var picture = ColorMap.Apply(values, name, -1, 1);
        picture.shape.Should().Equal(3, 4, 3);
        picture.dtype.Should().Be(ScalarType.Byte);
        Numbers(picture).Should().Equal(JsonFixture.Numbers(s_reference.RootElement.GetProperty("maps").GetProperty(name).GetProperty("applied")));
    }

    [Test]
    public void Without_a_range_values_are_stretched_and_what_lies_outside_of_one_is_cut()
    {
        using var values = Floats([2, 4, 6], 1, 3);
        Numbers(ColorMap.Apply(values, "gray").select(2, 0)).Should().Equal(0, 128, 255);
        Numbers(ColorMap.Apply(values, "gray", 4, 5).select(2, 0)).Should().Equal(0, 0, 255);
        Numbers(ColorMap.Apply(values, "gray", high: 10).select(2, 0)).Should().Equal(0, 64, 128);
        Numbers(ColorMap.Apply(values, "gray", low: -2).select(2, 0)).Should().Equal(128, 192, 255);
        Numbers(ColorMap.Apply(torch.full([1, 2], 7), "gray")).Should().OnlyContain(v => v == 0);
    }

    [Test]
    public void Signed_values_are_centred_on_white()
    {
        Numbers(ColorMap.Apply(Floats([-1, 0, 2], 1, 3), "bwr")).Should().Equal(128, 128, 255, 255, 254, 254, 255, 0, 0);
        Numbers(ColorMap.Apply(torch.zeros([1, 1]), "bwr")).Should().Equal(255, 254, 254);
        Numbers(ColorMap.Apply(Floats([-1, 0, 2], 1, 3), "bwr", high: 4)[0, 1]).Should().Equal(255, 254, 254);
    }

    [Test]
    public void What_is_no_number_does_not_hide_the_rest()
    {
        using var values = Floats([float.NaN, 0, float.PositiveInfinity, 1, float.NegativeInfinity], 1, 5);
        Numbers(ColorMap.Apply(values, "gray").select(2, 0)).Should().Equal(0, 0, 255, 255, 0);
        Numbers(ColorMap.Apply(Floats([float.NaN], 1, 1), "gray")).Should().Equal(0, 0, 0);
    }

    [Test]
    public void Bad_arguments_are_named()
    {
        FluentActions.Invoking(() => ColorMap.Apply(torch.zeros([1, 1]), "jett")).Should().Throw<KerasException>().WithMessage("There is no colour map \"jett\". It must be one of: \"bwr\", \"gray\"*\"viridis\".");
        FluentActions.Invoking(() => ColorMap.Apply(torch.zeros([0, 3]))).Should().Throw<KerasException>().WithMessage("ColorMap: there are no values to colour in a tensor of shape (0, 3)*");
    }
}
