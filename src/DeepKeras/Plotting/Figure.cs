using System.Xml.Linq;

namespace DeepKeras.Plotting;

/// <summary>Charts in rows and columns on one sheet.</summary>
/// <remarks><code>new Figure("Training", [loss, accuracy]).Save("training.svg");</code></remarks>
public sealed class Figure
{
    private const double Head = 44;
    private readonly IReadOnlyList<Chart> _charts;

    /// <summary>Lays charts out.</summary>
    /// <param name="title">What stands above all; empty for no heading.</param>
    /// <param name="charts">The charts, row by row.</param>
    /// <param name="columns">How many stand side by side, at least 1; 2 by default.</param>
    /// <exception cref="KerasException">There is no chart, or the number of columns is below 1.</exception>
    public Figure(string title, IReadOnlyList<Chart> charts, int columns = 2)
    {
        ArgumentNullException.ThrowIfNull(charts);
        if (charts.Count == 0) throw Throw.BadArgument("Figure", nameof(charts), "at least one chart", "none", "Give new Chart(…).Line(…).");
        if (columns < 1) throw Throw.BadArgument("Figure", nameof(columns), "at least 1", columns, "2 is the default.");
        (Title, _charts, Columns) = (title, charts, columns);
    }

    /// <summary>What stands above all.</summary>
    public string Title { get; }

    /// <summary>How many charts stand side by side.</summary>
    public int Columns { get; }

    /// <summary>The drawing as text.</summary>
    public string ToSvg() => PlotFile.Text(Page());

    /// <summary>Writes the drawing.</summary>
    /// <param name="path">A name that ends in <c>.svg</c>, or in <c>.html</c> for a page that needs no other file.</param>
    /// <exception cref="KerasException">The name ends otherwise, or the file cannot be written.</exception>
    public void Save(string path) => PlotFile.Write(path, Page());

    private XElement Page()
    {
        var rows = _charts.Chunk(Columns).ToList();
        var head = Title.Length > 0 ? Head : 0;
        var page = Svg.Page(rows.Max(r => r.Sum(c => c.Width)), head + rows.Sum(r => r.Max(c => c.Height)), Title);
        if (head > 0) page.Add(Svg.Text(Title, 20, 32, "#1d2530", 20, isBold: true));
        var down = head;
        var number = 0;
        foreach (var row in rows)
        {
            var across = 0.0;
            foreach (var chart in row)
            {
                page.Add(Svg.Group(across, down, chart.Draw(number++)));
                across += chart.Width;
            }
            down += row.Max(c => c.Height);
        }
        return page;
    }
}
