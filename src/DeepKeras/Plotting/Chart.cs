using System.Globalization;
using System.Xml.Linq;

namespace DeepKeras.Plotting;

/// <summary>
/// A chart in SVG: lines over two axes with round numbers, lines of equal height of a function, marks, and a legend. Several stand side by side in a <see cref="Figure"/>.
/// </summary>
/// <remarks>
/// <code>
/// new Chart("Loss", "step", "loss", isYLogarithmic: true).Line("Adam", steps, losses).Save("loss.svg");
/// </code>
/// </remarks>
public sealed class Chart
{
    private const string Ink = "#1d2530";
    private const string Soft = "#5d6876";
    private const string Grid = "#e4e8ee";
    private const double Left = 64;
    private const double Right = 18;
    private const double Bottom = 48;
    private const double Letter = 7.4;

    private readonly List<Series> _series = [];
    private readonly List<(double X, double Y, string Name)> _marks = [];
    private readonly List<(double X, string Text)> _notes = [];
    private Func<double, double, double>? _surface;
    private int _levels;

    /// <summary>Creates an empty chart.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="xTitle">What stands below the horizontal axis.</param>
    /// <param name="yTitle">What stands beside the vertical axis.</param>
    /// <param name="isXLogarithmic">Whether the horizontal axis goes by powers of ten; values of 0 and below are left out then.</param>
    /// <param name="isYLogarithmic">The same for the vertical axis.</param>
    /// <param name="xRange">The ends of the horizontal axis; by default it reaches over all lines.</param>
    /// <param name="yRange">The ends of the vertical axis; by default it reaches over all lines, up to round numbers.</param>
    /// <param name="width">Of the drawing, in pixels; at least 200, 560 by default.</param>
    /// <param name="height">Of the drawing, in pixels; at least 150, 360 by default.</param>
    /// <exception cref="KerasException">A size or a range is out of bounds.</exception>
    public Chart(
        string title,
        string xTitle = "",
        string yTitle = "",
        bool isXLogarithmic = false,
        bool isYLogarithmic = false,
        (double Low, double High)? xRange = null,
        (double Low, double High)? yRange = null,
        int width = 560,
        int height = 360)
    {
        if (width < 200) throw Throw.BadArgument("Chart", nameof(width), "at least 200 pixels", width, "560 is the default.");
        if (height < 150) throw Throw.BadArgument("Chart", nameof(height), "at least 150 pixels", height, "360 is the default.");
        CheckRange(nameof(xRange), xRange, isXLogarithmic);
        CheckRange(nameof(yRange), yRange, isYLogarithmic);
        (Title, XTitle, YTitle, Width, Height) = (title, xTitle, yTitle, width, height);
        (IsXLogarithmic, IsYLogarithmic, XRange, YRange) = (isXLogarithmic, isYLogarithmic, xRange, yRange);
    }

    /// <summary>What stands above it.</summary>
    public string Title { get; }

    /// <summary>What stands below the horizontal axis.</summary>
    public string XTitle { get; }

    /// <summary>What stands beside the vertical axis.</summary>
    public string YTitle { get; }

    /// <summary>Whether the horizontal axis goes by powers of ten.</summary>
    public bool IsXLogarithmic { get; }

    /// <summary>Whether the vertical axis goes by powers of ten.</summary>
    public bool IsYLogarithmic { get; }

    /// <summary>The ends of the horizontal axis, where they are fixed.</summary>
    public (double Low, double High)? XRange { get; }

    /// <summary>The ends of the vertical axis, where they are fixed.</summary>
    public (double Low, double High)? YRange { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Adds a line through points. Where a value is not finite the line has a gap.</summary>
    /// <param name="name">For the legend; <see langword="null"/> leaves it out.</param>
    /// <param name="x">Where the points lie horizontally.</param>
    /// <param name="y">Where they lie vertically; as many.</param>
    /// <param name="color">Any colour of CSS, such as <c>#2f6fde</c>; the next of ten by default.</param>
    /// <param name="hasDots">Whether each point shows, with its value under the mouse.</param>
    /// <param name="isDashed">Whether the line is dashed.</param>
    /// <returns>This chart.</returns>
    /// <exception cref="KerasException">The two lists differ in length.</exception>
    public Chart Line(string? name, IReadOnlyList<double> x, IReadOnlyList<double> y, string? color = null, bool hasDots = false, bool isDashed = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count) throw Throw.ChartPoints(Title, name, x.Count, y.Count);
        _series.Add(new(name, [.. x.Zip(y)], color, hasDots, isDashed));
        return this;
    }

    /// <summary>Draws lines of equal height of a function behind everything else, at heights whose distance grows from the lowest point up.</summary>
    /// <param name="function">The height at a point.</param>
    /// <param name="levels">How many lines, at least 1; 16 by default.</param>
    /// <returns>This chart.</returns>
    public Chart Contours(Func<double, double, double> function, int levels = 16)
    {
        if (levels < 1) throw Throw.BadArgument("Chart", nameof(levels), "at least 1", levels, "16 is the default.");
        (_surface, _levels) = (function, levels);
        return this;
    }

    /// <summary>Marks a point with a star.</summary>
    /// <param name="x">Where it lies horizontally.</param>
    /// <param name="y">Where it lies vertically.</param>
    /// <param name="name">What the mouse shows over it.</param>
    /// <returns>This chart.</returns>
    public Chart Mark(double x, double y, string name)
    {
        _marks.Add((x, y, name));
        return this;
    }

    /// <summary>Draws an upright dashed line with a note at its top.</summary>
    /// <param name="x">Where it stands.</param>
    /// <param name="text">The note.</param>
    /// <returns>This chart.</returns>
    public Chart Note(double x, string text)
    {
        _notes.Add((x, text));
        return this;
    }

    /// <summary>The drawing as text.</summary>
    public string ToSvg() => PlotFile.Text(Page());

    /// <summary>Writes the drawing.</summary>
    /// <param name="path">A name that ends in <c>.svg</c>, or in <c>.html</c> for a page that needs no other file.</param>
    /// <exception cref="KerasException">The name ends otherwise, or the file cannot be written.</exception>
    public void Save(string path) => PlotFile.Write(path, Page());

    /// <summary>The parts of the drawing, whose upper left corner is at 0, 0.</summary>
    /// <param name="number">Which chart of the sheet it is.</param>
    internal IReadOnlyList<XElement> Draw(int number)
    {
        var parts = new List<XElement> { Svg.Text(Title, Left, 24, Ink, 15, isBold: true) };
        var top = 42 + Legend(parts);
        var points = _series.SelectMany(s => s.Points).ToList();
        var frame = new ChartFrame(
            Axis.Over(XRange is { } x ? [x.Low, x.High] : points.Select(p => p.X).Concat(_notes.Select(n => n.X)), IsXLogarithmic, isExact: true, 8),
            Axis.Over(YRange is { } y ? [y.Low, y.High] : points.Select(p => p.Y), IsYLogarithmic, YRange is not null, 5),
            Left,
            top,
            Width - Right,
            Height - Bottom);
        var clip = string.Create(CultureInfo.InvariantCulture, $"frame-{number}");
        parts.Add(frame.Clip(clip));
        frame.DrawGrid(parts, Grid, Soft, XTitle, YTitle);
        var inside = new List<XElement>();
        if (_surface is not null) inside.AddRange(Contour.Draw(_surface, frame, _levels));
        for (var i = 0; i < _series.Count; i++) inside.AddRange(frame.Draw(_series[i], _series[i].Color ?? Palette.Of(i)));
        foreach (var (at, text) in _notes) inside.AddRange(frame.Note(at, text, Soft));
        foreach (var (atX, atY, name) in _marks) inside.Add(frame.Star(atX, atY, name, Ink));
        var group = Svg.Group(0, 0, inside);
        group.SetAttributeValue("clip-path", $"url(#{clip})");
        parts.Add(group);
        frame.DrawEdges(parts, Soft);
        return parts;
    }

    private XElement Page()
    {
        var page = Svg.Page(Width, Height, Title);
        page.Add(Draw(0));
        return page;
    }

    /// <summary>Names and colours in rows below the title; returns how high they are.</summary>
    private double Legend(List<XElement> parts)
    {
        var (across, down) = (Left, 0.0);
        var hasNames = false;
        for (var i = 0; i < _series.Count; i++)
        {
            if (_series[i].Name is not { } name) continue;
            hasNames = true;
            var width = 24 + (Letter * name.Length) + 14;
            if (across + width > Width && across > Left) (across, down) = (Left, down + 18);
            var mark = Svg.Line(across, 42 + down, across + 18, 42 + down, _series[i].Color ?? Palette.Of(i), 3);
            if (_series[i].IsDashed) mark.SetAttributeValue("stroke-dasharray", "5 3");
            parts.Add(mark);
            parts.Add(Svg.Text(name, across + 24, 46 + down, Ink, 12));
            across += width;
        }
        return hasNames ? down + 20 : 0;
    }

    private static void CheckRange(string argument, (double Low, double High)? range, bool isLogarithmic)
    {
        if (range is not { } r || (double.IsFinite(r.Low) && double.IsFinite(r.High) && r.Low < r.High && (r.Low > 0 || !isLogarithmic))) return;
        throw Throw.BadArgument("Chart", argument, isLogarithmic ? "two finite numbers above 0, the lower one first" : "two finite numbers, the lower one first", range, "Leave it out to show all points.");
    }
}
