using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>The paper of a drawing in SVG: frame, grid, ticks, axis titles and legend. Colours come from the page's style sheet, so that they change with light and dark.</summary>
internal sealed class Chart
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private const double Left = 58;
    private const double Right = 14;
    private const double Top = 34;
    private const double Bottom = 44;
    private readonly double _width;
    private readonly double _height;
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly XElement _svg;
    private double _legend = Left;

    public Chart(string title, string xTitle, string? yTitle, Axis x, Axis y, double width = 560, double height = 320)
    {
        (_width, _height, _x, _y) = (width, height, x, y);
        _svg = Shape("svg", ("viewBox", $"0 0 {Numeral.Place(width)} {Numeral.Place(height)}"), ("class", "chart"), ("role", "img"), ("aria-label", title));
        Frame(xTitle, yTitle);
    }

    /// <summary>The finished drawing.</summary>
    public XElement Drawing => _svg;

    public double X(double value) => Left + (_x.Fraction(value) * (_width - Left - Right));

    public double Y(double value) => _height - Bottom - (_y.Fraction(value) * (_height - Top - Bottom));

    public static XElement Shape(string name, params (string Name, string Value)[] attributes) =>
        new(Svg + name, attributes.Select(a => new XAttribute(a.Name, a.Value)));

    public void Add(XElement shape) => _svg.Add(shape);

    /// <summary>A line of the legend above the frame, from left to right.</summary>
    /// <param name="text">The series' name.</param>
    /// <param name="style">Its class in the style sheet.</param>
    /// <param name="color">Its colour where the style sheet has none for it.</param>
    public void Legend(string text, string style, string? color = null)
    {
        var mark = Shape("rect", ("x", Numeral.Place(_legend)), ("y", "9"), ("width", "14"), ("height", "10"), ("rx", "2"), ("class", "mark " + style));
        if (color is not null) mark.SetAttributeValue("style", "fill:" + color);
        Add(mark);
        Add(Text(text, _legend + 19, 18, "legend"));
        _legend += 19 + (7 * text.Length) + 18;
    }

    public static XElement Text(string text, double x, double y, string style)
    {
        var element = Shape("text", ("x", Numeral.Place(x)), ("y", Numeral.Place(y)), ("class", style));
        element.Value = text;
        return element;
    }

    private void Frame(string xTitle, string? yTitle)
    {
        var bottom = _height - Bottom;
        foreach (var tick in _y.Ticks)
        {
            Line("grid", Left, Y(tick), _width - Right, Y(tick));
            Add(Text(_y.Label(tick), Left - 7, Y(tick) + 4, "tick end"));
        }
        foreach (var tick in _x.Ticks)
        {
            Line("grid", X(tick), Top, X(tick), bottom);
            Add(Text(_x.Label(tick), X(tick), bottom + 16, "tick middle"));
        }
        Line("axis", Left, bottom, _width - Right, bottom);
        Line("axis", Left, Top, Left, bottom);
        Add(Text(xTitle, Left + ((_width - Left - Right) / 2), _height - 8, "tick middle"));
        if (yTitle is null) return;
        var side = Text(yTitle, 0, 0, "tick middle");
        side.SetAttributeValue("transform", $"translate(13 {Numeral.Place(Top + ((bottom - Top) / 2))}) rotate(-90)");
        Add(side);
    }

    private void Line(string style, double x1, double y1, double x2, double y2) =>
        Add(Shape("line", ("x1", Numeral.Place(x1)), ("y1", Numeral.Place(y1)), ("x2", Numeral.Place(x2)), ("y2", Numeral.Place(y2)), ("class", style)));
}
