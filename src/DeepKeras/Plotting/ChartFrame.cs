using System.Globalization;
using System.Xml.Linq;

namespace DeepKeras.Plotting;

/// <summary>The rectangle between a chart's axes, and what is drawn in its coordinates.</summary>
internal sealed class ChartFrame(Axis horizontal, Axis vertical, double left, double top, double right, double bottom)
{
    // A point at the first or last place is drawn whole.
    private const double PointRoom = 5;

    public Axis Horizontal => horizontal;

    public Axis Vertical => vertical;

    public double X(double value) => left + (horizontal.Fraction(value) * (right - left));

    public double Y(double value) => bottom - (vertical.Fraction(value) * (bottom - top));

    /// <summary>What keeps lines inside the rectangle.</summary>
    public XElement Clip(string name)
    {
        var clip = Svg.Shape("clipPath", ("id", name));
        clip.Add(Svg.Shape("rect", ("x", Svg.Number(left - PointRoom)), ("y", Svg.Number(top - 1)), ("width", Svg.Number(right - left + (2 * PointRoom))), ("height", Svg.Number(bottom - top + 2))));
        return clip;
    }

    public void DrawGrid(List<XElement> parts, string grid, string ink, string xTitle, string yTitle)
    {
        foreach (var tick in vertical.Ticks)
        {
            parts.Add(Svg.Line(left, Y(tick), right, Y(tick), grid));
            parts.Add(Svg.Text(vertical.Label(tick), left - 8, Y(tick) + 4, ink, 11, "end"));
        }
        foreach (var tick in horizontal.Ticks)
        {
            parts.Add(Svg.Line(X(tick), top, X(tick), bottom, grid));
            parts.Add(Svg.Text(horizontal.Label(tick), X(tick), bottom + 17, ink, 11, "middle"));
        }
        parts.Add(Svg.Text(xTitle, (left + right) / 2, bottom + 37, ink, 12, "middle"));
        var side = Svg.Text(yTitle, 0, 0, ink, 12, "middle");
        side.SetAttributeValue("transform", $"translate(15 {Svg.Number((top + bottom) / 2)}) rotate(-90)");
        parts.Add(side);
    }

    public void DrawEdges(List<XElement> parts, string ink)
    {
        parts.Add(Svg.Line(left, bottom, right, bottom, ink));
        parts.Add(Svg.Line(left, top, left, bottom, ink));
    }

    /// <summary>A line, in pieces where values are missing, and its dots.</summary>
    public IEnumerable<XElement> Draw(Series series, string color)
    {
        var run = new List<string>();
        foreach (var (x, y) in series.Points.Append((double.NaN, double.NaN)))
        {
            var (across, down) = (X(x), Y(y));
            if (double.IsFinite(across) && double.IsFinite(down))
            {
                // A path that leaves the frame by far may not overflow what viewers can draw.
                run.Add($"{Svg.Number(Math.Clamp(across, -1e5, 1e5))},{Svg.Number(Math.Clamp(down, -1e5, 1e5))}");
                continue;
            }
            if (run.Count > 1) yield return Path(run, color, series.IsDashed);
            run.Clear();
        }
        foreach (var (x, y) in series.Points)
        {
            if (!(series.HasDots || series.Points.Count == 1) || !double.IsFinite(X(x)) || !double.IsFinite(Y(y))) continue;
            var dot = Svg.Shape("circle", ("cx", Svg.Number(X(x))), ("cy", Svg.Number(Y(y))), ("r", "2.6"), ("fill", color));
            dot.Add(Svg.Hint(string.Create(CultureInfo.InvariantCulture, $"{series.Name} {x:0.####}: {y:G5}")));
            yield return dot;
        }
    }

    public IEnumerable<XElement> Note(double x, string text, string ink)
    {
        var line = Svg.Line(X(x), top, X(x), bottom, ink, 1.2);
        line.SetAttributeValue("stroke-dasharray", "5 4");
        yield return line;
        // On the side that has more room.
        var isRight = X(x) > (left + right) / 2;
        yield return Svg.Text(text, X(x) + (isRight ? -6 : 6), top + 13, ink, 12, isRight ? "end" : "start");
    }

    public XElement Star(double x, double y, string name, string ink)
    {
        var corners = Enumerable.Range(0, 10).Select(i =>
        {
            var (angle, radius) = ((i * Math.PI / 5) - (Math.PI / 2), i % 2 == 0 ? 7.5 : 3.2);
            return $"{Svg.Number(X(x) + (radius * Math.Cos(angle)))},{Svg.Number(Y(y) + (radius * Math.Sin(angle)))}";
        });
        var star = Svg.Shape("polygon", ("points", string.Join(' ', corners)), ("fill", ink), ("stroke", "#ffffff"), ("stroke-width", "1"));
        star.Add(Svg.Hint(name));
        return star;
    }

    private static XElement Path(List<string> points, string color, bool isDashed)
    {
        var line = Svg.Shape("polyline", ("points", string.Join(' ', points)), ("fill", "none"), ("stroke", color), ("stroke-width", "2"), ("stroke-linejoin", "round"), ("stroke-linecap", "round"));
        if (isDashed) line.SetAttributeValue("stroke-dasharray", "6 4");
        return line;
    }
}
