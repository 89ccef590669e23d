using System.Text;
using System.Xml;
using System.Xml.Linq;
using DeepKeras.Files;

namespace DeepKeras.Plotting;

/// <summary>Writes a drawing by the file's name: <c>.svg</c>, or <c>.html</c> as a page that needs no other file.</summary>
internal static class PlotFile
{
    public static void Write(string path, XElement drawing)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".svg": WriteText(path, Text(drawing)); break;
            case ".html" or ".htm": WriteText(path, Page(drawing)); break;
            default: throw Throw.PlotExtension(path, ".svg or .html");
        }
    }

    public static void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    public static string Text(XElement drawing)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" })) drawing.Save(writer);
        return text.Append('\n').ToString();
    }

    /// <summary>The drawing inside a page, as wide as the window at most.</summary>
    public static string Page(XElement drawing)
    {
        var title = drawing.Elements().FirstOrDefault(e => e.Name.LocalName == "title")?.Value ?? "";
        var head = new XElement("title", title).ToString();
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"/>{head}
            <style>body {"{"} margin: 24px; background: #fff; text-align: center; {"}"} svg {"{"} max-width: 100%; height: auto; {"}"}</style></head>
            <body>
            {Text(drawing)}</body>
            </html>

            """;
    }
}
