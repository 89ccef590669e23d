using System.Text;

namespace DeepKeras.Inspection;

/// <summary>A table of box characters, laid out cell by cell as Keras's own (which the Python package "rich" draws).</summary>
internal sealed class TextTable
{
    private const int CellPadding = 2;
    private readonly List<string[]> _rows = [];
    private readonly (string Header, Alignment Alignment)[] _columns;
    private readonly int[] _widths;

    /// <param name="columns">Headers and alignments.</param>
    /// <param name="ends">Where each column ends, as fractions of the width or, above 1, in characters.</param>
    /// <param name="width">Characters per line, borders included.</param>
    public TextTable((string Header, Alignment Alignment)[] columns, double[] ends, int width)
    {
        _columns = columns;
        _widths = Fit(Wanted(ends, width), width);
    }

    public enum Alignment
    {
        Left,
        Right,
        Center,
    }

    public void Add(string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var text = new StringBuilder();
        Rule(text, '┏', '━', '┳', '┓');
        Row(text, [.. _columns.Select(c => c.Header)], '┃');
        Rule(text, '┡', '━', '╇', '┩');
        for (var i = 0; i < _rows.Count; i++)
        {
            if (i > 0) Rule(text, '├', '─', '┼', '┤');
            Row(text, _rows[i], '│');
        }
        Rule(text, '└', '─', '┴', '┘');
        return text.ToString();
    }

    private static int[] Wanted(double[] ends, int width)
    {
        var widths = new int[ends.Length];
        var taken = 0;
        for (var i = 0; i < ends.Length; i++)
        {
            widths[i] = (int)(ends[i] > 1 ? ends[i] : ends[i] * width) - taken;
            if (widths[i] < 4) throw Throw.NarrowSummary(width);
            taken += widths[i];
        }
        return widths;
    }

    /// <summary>Borders and padding come off all columns alike, rounded half to even and one after the other.</summary>
    private static int[] Fit(int[] wanted, int width)
    {
        int[] widths = [.. wanted.Select(w => w + CellPadding)];
        var excess = widths.Sum() - (width - (widths.Length + 1));
        for (var i = 0; i < widths.Length && excess > 0; i++)
        {
            var share = Math.Min(widths[i], (int)Math.Round((double)excess / (widths.Length - i), MidpointRounding.ToEven));
            widths[i] = Math.Max(1, widths[i] - share - CellPadding);
            excess -= share;
        }
        return widths;
    }

    private void Rule(StringBuilder text, char left, char line, char cross, char right)
    {
        text.Append(left);
        for (var i = 0; i < _widths.Length; i++) text.Append(line, _widths[i] + CellPadding).Append(i == _widths.Length - 1 ? right : cross);
        text.Append('\n');
    }

    private void Row(StringBuilder text, string[] cells, char border)
    {
        var wrapped = cells.Select((cell, i) => Wrap(cell, _widths[i])).ToArray();
        for (var line = 0; line < wrapped.Max(w => w.Count); line++)
        {
            text.Append(border);
            for (var i = 0; i < wrapped.Length; i++) text.Append(' ').Append(Align(line < wrapped[i].Count ? wrapped[i][line] : "", i)).Append(' ').Append(border);
            text.Append('\n');
        }
    }

    private string Align(string line, int column)
    {
        var width = _widths[column];
        if (_columns[column].Alignment != Alignment.Left) line = line.TrimEnd();
        if (line.Length > width) line = line.TrimEnd();
        if (line.Length > width) line = line[..(width - 1)] + "…";
        return _columns[column].Alignment switch
        {
            Alignment.Right => line.PadLeft(width),
            Alignment.Center => line.PadLeft(line.Length + ((width - line.Length) / 2)).PadRight(width),
            _ => line.PadRight(width),
        };
    }

    /// <summary>Breaks between words; a word that is longer than the line stays whole here and is cut with an ellipsis.</summary>
    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && line.Length + word.TrimEnd().Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }
            line.Append(word);
        }
        lines.Add(line.ToString());
        return lines;
    }

    /// <summary>Each word with the spaces behind it; leading spaces belong to the first.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        var i = 0;
        while (i < text.Length)
        {
            while (i < text.Length && text[i] == ' ') i++;
            while (i < text.Length && text[i] != ' ') i++;
            while (i < text.Length && text[i] == ' ') i++;
            yield return text[start..i];
            start = i;
        }
    }
}
