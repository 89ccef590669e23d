using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DeepKeras.Plotting;

/// <summary>Elements of a drawing in SVG. What is not markup is escaped when it is written.</summary>
internal static class Svg
{
    private static readonly XNamespace s_space = "http://www.w3.org/2000/svg";

    /// <summary>An empty drawing on white paper.</summary>
    public static XElement Page(double width, double height, string title) => new(
        s_space + "svg",
        new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
        new XAttribute("width", Number(width)),
        new XAttribute("height", Number(height)),
        new XAttribute("role", "img"),
        new XAttribute("font-family", "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"),
        new XElement(s_space + "title", Clean(title)),
        Shape("rect", ("width", "100%"), ("height", "100%"), ("fill", "#ffffff")));

    public static XElement Shape(string name, params (string Name, string Value)[] attributes) =>
        new(s_space + name, attributes.Select(a => new XAttribute(a.Name, a.Value)));

    public static XElement Group(double right, double down, IEnumerable<XElement> content) =>
        new(s_space + "g", new XAttribute("transform", $"translate({Number(right)} {Number(down)})"), content);

    public static XElement Text(string text, double x, double y, string color, double size, string anchor = "start", bool isBold = false)
    {
        var element = Shape("text", ("x", Number(x)), ("y", Number(y)), ("fill", color), ("font-size", Number(size)), ("text-anchor", anchor));
        if (isBold) element.SetAttributeValue("font-weight", "600");
        element.Value = Clean(text);
        return element;
    }

    public static XElement Line(double x1, double y1, double x2, double y2, string color, double width = 1) =>
        Shape("line", ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", color), ("stroke-width", Number(width)));

    /// <summary>What the mouse shows over an element.</summary>
    public static XElement Hint(string text) => new(s_space + "title", Clean(text));

    /// <summary>A coordinate: at most two digits behind the point.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Characters that no XML may hold (a zero byte in a layer's name) are left out.</summary>
    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Where(XmlConvert.IsXmlChar));
}
