using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using DeepKeras.Files;

namespace DeepKeras.Plotting;

/// <summary>The program <c>dot</c> of Graphviz, found on PATH: it lays graphs out and draws them.</summary>
internal static class Graphviz
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>The program's name or path.</summary>
    public static string Program { get; set; } = "dot";

    public static void Save(string graph, string path, string format, int dpi)
    {
        var picture = Run(graph, format, dpi, path);
        AtomicFile.Write(path, stream => stream.Write(picture));
    }

    /// <summary>The graph as a drawing that can stand in a page.</summary>
    public static XElement Drawing(string graph, string title)
    {
        using var stream = new MemoryStream(Run(graph, "svg", null, title));
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true });
        var svg = XElement.Load(reader);
        svg.AddFirst(new XElement(svg.Name.Namespace + "title", title));
        return svg;
    }

    private static byte[] Run(string graph, string format, int? dpi, string target)
    {
        var start = new ProcessStartInfo(Program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false) };
        start.ArgumentList.Add("-T" + format);
        // Only pixels depend on it; vector drawings would grow.
        if (format == "png" && dpi is { } density) start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"-Gdpi={density}"));
        try
        {
            using var process = Process.Start(start)!;
            using var picture = new MemoryStream();
            var drawing = process.StandardOutput.BaseStream.CopyToAsync(picture);
            var complaints = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(graph);
            process.StandardInput.Close();
            if (!process.WaitForExit(s_patience))
            {
                process.Kill(entireProcessTree: true);
                throw Throw.GraphvizFailed(target, format, string.Create(CultureInfo.InvariantCulture, $"no picture after {s_patience.TotalSeconds} seconds"));
            }
            Task.WaitAll(drawing, complaints);
            return process.ExitCode == 0 && picture.Length > 0 ? picture.ToArray() : throw Throw.GraphvizFailed(target, format, Throw.FirstLine(complaints.Result));
        }
        catch (Win32Exception)
        {
            throw Throw.NoGraphviz(target, Program);
        }
        catch (IOException error)
        {
            throw Throw.GraphvizFailed(target, format, error.Message);
        }
    }
}
