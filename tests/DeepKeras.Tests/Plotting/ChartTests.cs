using System.Globalization;
using System.Xml.Linq;
using DeepKeras.Plotting;

namespace DeepKeras.Tests.Plotting;

/// <summary>Charts as XML: where points lie, what the legend says, what is refused.</summary>
public sealed class ChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Test]
    public void A_line_lies_where_its_axes_say()
    {
        var svg = Parse(new Chart("t", "x", "y", xRange: (0, 10), yRange: (0, 1)).Line("a", [0, 5, 10], [0, 0.5, 1]));
        var points = Points(svg.Descendants(s_svg + "polyline").Single());
        points.Should().HaveCount(3);
        // The middle of the data is the middle of the line, and up is a smaller coordinate.
        ((points[0].X + points[2].X) / 2).Should().BeApproximately(points[1].X, 0.02);
        ((points[0].Y + points[2].Y) / 2).Should().BeApproximately(points[1].Y, 0.02);
        points[2].Y.Should().BeLessThan(points[0].Y);
    }

    [Test]
    public void Equal_ratios_are_equally_far_apart_on_a_logarithmic_axis()
    {
        var points = Points(Parse(new Chart("t", isYLogarithmic: true).Line("a", [1, 2, 3], [1, 10, 100])).Descendants(s_svg + "polyline").Single());
        (points[0].Y - points[1].Y).Should().BeApproximately(points[1].Y - points[2].Y, 0.02);
    }

    [Test]
    public void What_is_no_number_leaves_a_gap()
    {
        var lines = Parse(new Chart("t").Line("a", [1, 2, 3, 4, 5], [1, 2, double.NaN, 1, 0])).Descendants(s_svg + "polyline").ToList();
        lines.Select(l => Points(l).Count).Should().Equal(2, 2);
        Parse(new Chart("t", isYLogarithmic: true).Line("a", [1, 2, 3, 4], [1, 2, 0, -1])).Descendants(s_svg + "polyline").Should().ContainSingle();
        Parse(new Chart("empty")).Descendants(s_svg + "polyline").Should().BeEmpty();
    }

    [Test]
    public void Names_are_escaped_and_stand_in_the_legend()
    {
        var svg = Parse(new Chart("<loss> & \"more\"\0").Line("a < b", [1, 2], [1, 2]).Line(null, [1, 2], [2, 1]));
        Texts(svg).Should().Contain("<loss> & \"more\"").And.Contain("a < b");
    }

    [Test]
    public void Ticks_are_round_numbers()
    {
        Texts(Parse(new Chart("t").Line("a", [0, 7], [0.13, 0.87]))).Should().Contain(["0", "1", "7", "0.2", "0.8"]);
        Texts(Parse(new Chart("t", isXLogarithmic: true).Line("a", [1e-6, 10], [0, 1]))).Should().Contain(["1e-6", "0.1", "10"]);
    }

    [Test]
    public void Contours_of_a_round_hill_are_circles()
    {
        var svg = Parse(new Chart("t", xRange: (-1, 1), yRange: (-1, 1), width: 400, height: 400).Contours((x, y) => (x * x) + (y * y), levels: 5).Mark(0, 0, "minimum"));
        var paths = svg.Descendants(s_svg + "path").ToList();
        paths.Should().HaveCountGreaterThan(2);
        var star = Center(svg.Descendants(s_svg + "polygon").Single().Attribute("points")!.Value.Split(' ').Select(Pair).ToList());
        foreach (var path in paths.Where(p => p.Attribute("d")!.Value.Length > 0).SkipLast(1))
        {
            var center = Center([.. path.Attribute("d")!.Value.Split('M', 'L').Where(p => p.Length > 0).Select(Pair)]);
            Math.Abs(center.X - star.X).Should().BeLessThan(1);
            Math.Abs(center.Y - star.Y).Should().BeLessThan(1);
        }
    }

    [Test]
    public void A_figure_puts_charts_side_by_side_with_frames_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var figure = new Figure("Both", [new Chart("a").Line("a", [1, 2], [1, 2]), new Chart("b").Line("b", [1, 2], [1, 2]), new Chart("c")]);
        var svg = XElement.Parse(figure.ToSvg());
        svg.Attribute("width")!.Value.Should().Be("1120");
        svg.Descendants(s_svg + "clipPath").Select(c => c.Attribute("id")!.Value).Should().OnlyHaveUniqueItems().And.HaveCount(3);
        figure.Save(Path.Combine(folder.Path, "figure.html"));
        var page = File.ReadAllText(Path.Combine(folder.Path, "figure.html"));
        page.Should().StartWith("<!DOCTYPE html>").And.Contain("<svg").And.NotContain("src=").And.NotContain("href=");
        figure.Save(Path.Combine(folder.Path, "figure.svg"));
        File.ReadAllText(Path.Combine(folder.Path, "figure.svg")).Should().Be(figure.ToSvg());
    }

    [Test]
    public void What_cannot_be_drawn_is_refused()
    {
        Refused(() => new Chart("t", width: 10), "*width*at least 200 pixels*");
        Refused(() => new Chart("t", height: 10), "*height*");
        Refused(() => new Chart("t", xRange: (1, 1)), "*xRange*the lower one first*");
        Refused(() => new Chart("t", isYLogarithmic: true, yRange: (0, 1)), "*yRange*above 0*");
        Refused(() => new Chart("t").Line("a", [1, 2], [1]), "Chart 't': the line 'a' expects as many x as y but received 2 and 1. Give one y*");
        Refused(() => new Chart("t").Contours((x, y) => x, 0), "*levels*");
        Refused(() => new Figure("t", []), "*charts*at least one*");
        Refused(() => new Figure("t", [new Chart("a")], 0), "*columns*");
        Refused(() => new Chart("t").Save("curve.jpg"), "A plot expects a file name that ends in .svg or .html but received 'curve.jpg'. Give the name*");

        static void Refused(Action act, string message) => act.Should().Throw<KerasException>().WithMessage(message);
    }

    private static XElement Parse(Chart chart) => XElement.Parse(chart.ToSvg());

    private static List<string> Texts(XElement svg) => [.. svg.Descendants(s_svg + "text").Select(t => t.Value)];

    private static List<(double X, double Y)> Points(XElement line) => [.. line.Attribute("points")!.Value.Split(' ').Select(Pair)];

    private static (double X, double Y) Pair(string text)
    {
        var numbers = text.Split(',', ' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    }

    private static (double X, double Y) Center(List<(double X, double Y)> points) => (points.Average(p => p.X), points.Average(p => p.Y));
}
