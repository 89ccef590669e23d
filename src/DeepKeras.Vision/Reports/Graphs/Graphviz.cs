using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DeepKeras.Vision.Reports;

/// <summary>Lays graphs out with the program <c>dot</c> of Graphviz, where the machine has it.</summary>
internal static class Graphviz
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>The drawing, or <see langword="null"/> where there is no such program, it failed, or it took too long.</summary>
    /// <param name="graph">In Graphviz's language.</param>
    /// <param name="program">The program's name or path.</param>
    public static XElement? Draw(string graph, string program) => Run(graph, program) is { } svg ? Tidy(svg) : null;

    private static string? Run(string graph, string program)
    {
        var start = new ProcessStartInfo(program, ["-Tsvg"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using var process = Process.Start(start)!;
            var drawing = process.StandardOutput.ReadToEndAsync();
            var complaints = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(graph);
            process.StandardInput.Close();
            if (!process.WaitForExit(s_patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
            Task.WaitAll(drawing, complaints);
            return process.ExitCode == 0 ? drawing.Result : null;
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            // Not installed, or gone before it had read everything: the report shows the plain diagram then.
            return null;
        }
    }

    /// <summary>The drawing without its prologue, comments, tooltips and fixed size.</summary>
    private static XElement? Tidy(string text)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), settings);
            var svg = XElement.Load(reader);
            svg.Descendants(Chart.Svg + "title").Remove();
            var width = svg.Attribute("width")?.Value.Replace("pt", "", StringComparison.Ordinal);
            svg.Attributes().Where(a => a.IsNamespaceDeclaration && a.Name.LocalName == "xlink").Remove();
            svg.SetAttributeValue("width", null);
            svg.SetAttributeValue("height", null);
            svg.SetAttributeValue("class", "graph");
            // Graphviz counts in points; so many pixels make a letter a little smaller than the page's.
            if (width is not null) svg.SetAttributeValue("style", $"max-width:{width}px");
            return svg;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
