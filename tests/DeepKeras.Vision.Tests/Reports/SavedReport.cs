using System.Xml.Linq;
using DeepKeras.Vision.Reports;

namespace DeepKeras.Vision.Tests.Reports;

/// <summary>A report that was written to a file and read back as XML, which HTML need not be but this page is.</summary>
internal sealed class SavedReport
{
    public SavedReport(Report report)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("report.html");
        report.Save(path);
        Text = File.ReadAllText(path);
        Page = XDocument.Parse(Text, LoadOptions.PreserveWhitespace).Root!;
    }

    public string Text { get; }

    public XElement Page { get; }

    public IReadOnlyList<string> Titles => [.. Page.Descendants("h2").Select(h => h.Value)];

    /// <summary>Each picture with its file decoded: (height, width, channels).</summary>
    public IReadOnlyList<(XElement Element, Tensor Pixels)> Pictures => [.. Page.Descendants("img").Select(i => (i, Decode(i)))];

    public XElement Section(string title) => Page.Descendants("section").Single(s => s.Element("h2")!.Value == title);

    /// <summary>The texts of a table's body, row by row.</summary>
    public static string[][] Rows(XElement table) => [.. table.Descendants("tbody").Single().Elements("tr").Select(r => r.Elements().Select(c => c.Value).ToArray())];

    public string[][] Table(string section, int number = 0) => Rows(Section(section).Descendants("table").ElementAt(number));

    private static Tensor Decode(XElement image)
    {
        const string Start = "data:image/png;base64,";
        var source = image.Attribute("src")!.Value;
        source.Should().StartWith(Start);
        return ImageFile.Load(Convert.FromBase64String(source[Start.Length..]));
    }
}
