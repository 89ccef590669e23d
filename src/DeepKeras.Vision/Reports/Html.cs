using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>
/// HTML as a tree of elements: what is not markup is escaped when it is written, and every tag is closed, so that the page also reads as XML.
/// Empty elements get an empty text, because HTML knows <c>&lt;td&gt;&lt;/td&gt;</c> but no <c>&lt;td/&gt;</c>.
/// </summary>
internal static class Html
{
    private const int LongTable = 40;
    private static readonly HashSet<string> s_void = new(StringComparer.Ordinal) { "meta", "img", "br", "hr" };

    public static XElement Element(string name, params object?[] content)
    {
        var element = new XElement(name, content);
        if (element.IsEmpty && !s_void.Contains(name)) element.Add("");
        return element;
    }

    /// <summary>An element with a class of the style sheet.</summary>
    public static XElement Styled(string name, string style, params object?[] content)
    {
        var element = Element(name, content);
        element.SetAttributeValue("class", style);
        return element;
    }

    public static XAttribute Attribute(string name, string value) => new(name, value);

    /// <summary>A table inside a box that scrolls sideways on a narrow screen.</summary>
    /// <param name="headers">One per column.</param>
    /// <param name="rows">Cells: what is no <c>td</c> or <c>th</c> yet is put into one.</param>
    /// <param name="numeric">Whether a column holds numbers, which stand to the right.</param>
    public static XElement Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<object>> rows, params IReadOnlyList<bool> numeric)
    {
        var head = Element("tr", [.. headers.Select((h, i) => Align(Element("th", h), i))]);
        var body = rows.Select(row => Element("tr", [.. row.Select((cell, i) => cell is XElement { Name.LocalName: "td" or "th" } ready ? ready : Align(Element("td", cell), i))]));
        return Styled("div", "scroll", Element("table", Element("thead", head), Element("tbody", [.. body])));

        XElement Align(XElement cell, int column)
        {
            if (column < numeric.Count && numeric[column]) cell.SetAttributeValue("class", "number");
            return cell;
        }
    }

    /// <summary>A table that shows at a click where it has many rows.</summary>
    public static XElement Folded(XElement table, int rows, string what) =>
        rows <= LongTable ? table : Element("details", Element("summary", $"All {Numeral.Grouped(rows)} {what}"), table);

    /// <summary>Pictures and their captions side by side, as many per row as there is room for.</summary>
    public static XElement Figures(string style, IEnumerable<XElement> figures) => Styled("div", "figures " + style, [.. figures]);

    public static XElement Figure(XElement picture, params object?[] caption) =>
        Element("figure", picture, caption.Length == 0 ? null : Element("figcaption", caption));

    /// <summary>Writes a whole page.</summary>
    /// <param name="root">The <c>html</c> element.</param>
    /// <param name="stream">Gets UTF-8; it stays open.</param>
    public static void Write(XElement root, Stream stream)
    {
        Clean(root);
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None, CloseOutput = false };
        using var writer = XmlWriter.Create(stream, settings);
        new XDocument(new XDocumentType("html", null, null, null), root).Save(writer);
    }

    /// <summary>Characters that no page may hold (a zero byte in a class name) become the replacement character.</summary>
    private static void Clean(XElement root)
    {
        foreach (var node in root.DescendantNodesAndSelf())
        {
            if (node is XText text && !IsClean(text.Value)) text.Value = Replace(text.Value);
            if (node is not XElement element) continue;
            foreach (var attribute in element.Attributes().Where(a => !IsClean(a.Value))) attribute.Value = Replace(attribute.Value);
        }
    }

    private static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) return false;
            i++;
        }
        return true;
    }

    private static string Replace(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => r.Value > 0xFFFF || XmlConvert.IsXmlChar((char)r.Value) ? r.ToString() : "\uFFFD"));
}
