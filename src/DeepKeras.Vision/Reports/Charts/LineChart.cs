using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>Lines over a common axis, such as a loss over the epochs. Values that are no numbers leave a gap.</summary>
internal sealed class LineChart(string title, string xTitle)
{
    /// <summary>Up to so many points each value shows as a dot that names it under the mouse.</summary>
    private const int MostDots = 200;

    private readonly List<Series> _series = [];

    /// <param name="name">For the legend.</param>
    /// <param name="style">The class in the style sheet that colours it: train, validation, or series-0 to series-9.</param>
    /// <param name="points">From left to right.</param>
    /// <param name="marked">The number of the point that is marked, such as the best one.</param>
    public void Add(string name, string style, IReadOnlyList<(double X, double Y)> points, int? marked = null) => _series.Add(new(name, style, points, marked));

    public XElement ToSvg()
    {
        var points = _series.SelectMany(s => s.Points).ToList();
        var x = Axis.OverWhole(points.Select(p => p.X));
        var chart = new Chart(title, xTitle, null, x, Axis.Over(points.Select(p => p.Y)));
        foreach (var series in _series) Draw(chart, series);
        return chart.Drawing;
    }

    private static void Draw(Chart chart, Series series)
    {
        chart.Legend(series.Name, series.Style);
        foreach (var run in Runs(series.Points))
        {
            var path = string.Join(' ', run.Select(p => $"{Numeral.Place(chart.X(p.X))},{Numeral.Place(chart.Y(p.Y))}"));
            chart.Add(Chart.Shape("polyline", ("points", path), ("class", "line " + series.Style)));
        }
        for (var i = 0; i < series.Points.Count; i++)
        {
            var (x, y) = series.Points[i];
            if (!double.IsFinite(y) || (series.Points.Count > MostDots && i != series.Marked)) continue;
            var dot = Chart.Shape("circle", ("cx", Numeral.Place(chart.X(x))), ("cy", Numeral.Place(chart.Y(y))), ("r", i == series.Marked ? "5" : "2.5"), ("class", $"dot {series.Style}{(i == series.Marked ? " marked" : "")}"));
            dot.Add(new XElement(Chart.Svg + "title", $"{series.Name} {Numeral.Place(x)}: {Numeral.Plain(y)}"));
            chart.Add(dot);
        }
    }

    /// <summary>The stretches of points that are numbers.</summary>
    private static IEnumerable<List<(double X, double Y)>> Runs(IReadOnlyList<(double X, double Y)> points)
    {
        var run = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            if (double.IsFinite(point.Y)) run.Add(point);
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0) yield return run;
    }

    private sealed record Series(string Name, string Style, IReadOnlyList<(double X, double Y)> Points, int? Marked);
}
