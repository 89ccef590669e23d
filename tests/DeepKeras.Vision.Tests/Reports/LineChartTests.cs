using System.Globalization;
using System.Xml.Linq;
using DeepKeras.Vision.Reports;

namespace DeepKeras.Vision.Tests.Reports;

[TestFixture]
public sealed class LineChartTests
{
    [Test]
    public void What_is_no_number_leaves_a_gap()
    {
        var chart = new LineChart("loss", "epoch");
        chart.Add("training", "train", [(1, 1), (2, 0.5), (3, double.NaN), (4, 0.25), (5, double.PositiveInfinity), (6, 0.2), (7, 0.1)]);
        var svg = chart.ToSvg();
        Shapes(svg, "polyline").Select(p => p.Attribute("points")!.Value.Split(' ').Length).Should().Equal(2, 1, 2);
        Shapes(svg, "circle").Should().HaveCount(5, "each number has a dot, also the one alone between two gaps");
    }

    [Test]
    public void Points_lie_where_the_axes_say()
    {
        var chart = new LineChart("loss", "epoch");
        chart.Add("training", "train", [(1, 0), (2, 5), (3, 10)]);
        var svg = chart.ToSvg();
        // Ticks: x 1, 2, 3 and y 0, 2 … 10; a point lies on the crossing of its grid lines.
        var lines = Shapes(svg, "line").Where(l => (string?)l.Attribute("class") == "grid").ToList();
        var across = lines.Where(l => l.Attribute("y1")!.Value == l.Attribute("y2")!.Value).Select(l => l.Attribute("y1")!.Value).ToList();
        var upright = lines.Where(l => l.Attribute("x1")!.Value == l.Attribute("x2")!.Value).Select(l => l.Attribute("x1")!.Value).ToList();
        across.Should().HaveCount(6);
        upright.Should().HaveCount(3);
        var points = Shapes(svg, "polyline").Single().Attribute("points")!.Value.Split(' ');
        points[0].Should().Be($"{upright[0]},{across[0]}");
        points[2].Should().Be($"{upright[2]},{across[5]}");
        double Mean(string a, string b) => (double.Parse(a, CultureInfo.InvariantCulture) + double.Parse(b, CultureInfo.InvariantCulture)) / 2;
        double.Parse(points[1].Split(',')[1], CultureInfo.InvariantCulture).Should().BeApproximately(Mean(across[2], across[3]), 0.02);
    }

    [Test]
    public void Series_are_told_apart_and_named()
    {
        var chart = new LineChart("loss", "epoch");
        chart.Add("training", "train", [(1, 1), (2, 2)]);
        chart.Add("valid & <ation>", "validation", [(2, 1)], marked: 0);
        var svg = XElement.Parse(chart.ToSvg().ToString());
        Shapes(svg, "text").Where(t => (string?)t.Attribute("class") == "legend").Select(t => t.Value).Should().Equal("training", "valid & <ation>");
        Shapes(svg, "circle").Last().Attribute("class")!.Value.Should().Be("dot validation marked");
        Shapes(svg, "title").Last().Value.Should().Be("valid & <ation> 2: 1.0000");
    }

    [Test]
    public void Validation_stands_at_the_epochs_in_which_it_was_measured()
    {
        var model = new Sequential([Keras.Dense(1, inputShape: 1)]);
        model.Compile("sgd", "mse");
        var x = torch.ones(8, 1);
        var history = model.Fit(x, x, epochs: 7, verbose: 0, validationSplit: 0.5, validationFreq: 4);
        var report = new SavedReport(Report.For(model, (x, x), history));
        var titles = report.Section("Training").Descendants().Where(e => e.Name.LocalName == "title").Select(t => t.Value.Split(':')[0]).ToList();
        titles.Should().Equal("training 1", "training 2", "training 3", "training 4", "training 5", "training 6", "training 7", "validation 4");
        report.Section("Training").Descendants().Count(e => ((string?)e.Attribute("class"))?.EndsWith("marked", StringComparison.Ordinal) == true).Should().Be(1, "the best epoch on the validation data is marked");
    }

    private static IEnumerable<XElement> Shapes(XElement svg, string name) => svg.Descendants().Where(e => e.Name.LocalName == name);
}
