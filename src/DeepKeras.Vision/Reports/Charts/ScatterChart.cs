using System.Globalization;
using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>Points in the plane, coloured by group.</summary>
internal sealed class ScatterChart(string title, string xTitle, string yTitle)
{
    /// <summary>Groups with a colour of the style sheet; further ones get a hue of their own.</summary>
    public const int StyledGroups = 10;

    private readonly List<(string Name, IReadOnlyList<(double X, double Y, string? Note)> Points)> _groups = [];

    public void Add(string name, IReadOnlyList<(double X, double Y, string? Note)> points) => _groups.Add((name, points));

    /// <summary>The colour of a group outside the drawing, for a legend there.</summary>
    public static XAttribute Color(int group) => group < StyledGroups
        ? Html.Attribute("class", string.Create(CultureInfo.InvariantCulture, $"mark series-{group}"))
        : Html.Attribute("style", "fill:" + Hue(group));

    /// <param name="diagonal">Whether to draw the line of equal coordinates.</param>
    /// <param name="width">Of the drawing, in units of which a letter takes about seven.</param>
    /// <param name="height">Of the drawing.</param>
    public XElement ToSvg(bool diagonal = false, double width = 560, double height = 420)
    {
        var points = _groups.SelectMany(g => g.Points).ToList();
        var all = points.SelectMany(p => new[] { p.X, p.Y });
        var x = Axis.Over(diagonal ? all : points.Select(p => p.X), intervals: 6);
        var y = Axis.Over(diagonal ? all : points.Select(p => p.Y), intervals: 6);
        var chart = new Chart(title, xTitle, yTitle, x, y, width, height);
        if (diagonal) chart.Add(Chart.Shape("line", ("x1", Numeral.Place(chart.X(x.Low))), ("y1", Numeral.Place(chart.Y(x.Low))), ("x2", Numeral.Place(chart.X(x.High))), ("y2", Numeral.Place(chart.Y(x.High))), ("class", "diagonal")));
        for (var i = 0; i < _groups.Count; i++) Draw(chart, i);
        return chart.Drawing;
    }

    private void Draw(Chart chart, int index)
    {
        var group = new XElement(Chart.Svg + "g", Color(index));
        foreach (var (x, y, note) in _groups[index].Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)))
        {
            var dot = Chart.Shape("circle", ("cx", Numeral.Place(chart.X(x))), ("cy", Numeral.Place(chart.Y(y))), ("r", "3"));
            if (note is not null) dot.Add(new XElement(Chart.Svg + "title", note));
            group.Add(dot);
        }
        chart.Add(group);
    }

    private static string Hue(int group) => string.Create(CultureInfo.InvariantCulture, $"hsl({group * 137 % 360} 60% 55%)");
}
