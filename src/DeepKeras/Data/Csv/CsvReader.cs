using System.Text;

namespace DeepKeras.Data;

/// <summary>Reads the records of a CSV file as RFC 4180 defines them; LF alone ends a line too, and empty lines are passed over.</summary>
internal sealed class CsvReader(TextReader text, string path, char delimiter)
{
    private const int End = -1;
    private readonly StringBuilder _field = new();
    private int _line = 1;
    private int _column = 1;

    public string Path => path;

    /// <summary>The next record.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryRead(List<CsvField> record)
    {
        record.Clear();
        while (text.Peek() is '\r' or '\n') Advance();
        if (text.Peek() == End) return false;
        do record.Add(ReadField());
        while (TryTake(delimiter));
        if (text.Peek() == '\r') Advance();
        if (text.Peek() == '\n') Advance();
        return true;
    }

    private CsvField ReadField()
    {
        var (line, column) = (_line, _column);
        _field.Clear();
        if (TryTake('"')) ReadQuoted(line, column);
        else
        {
            while (!EndsField(text.Peek()))
            {
                if (text.Peek() == '"') throw Throw.CsvStrayQuote(path, _line, _column);
                _field.Append(Advance());
            }
        }
        return new(_field.ToString(), line, column);
    }

    private void ReadQuoted(int line, int column)
    {
        while (true)
        {
            if (text.Peek() == End) throw Throw.CsvOpenQuote(path, line, column);
            var next = Advance();
            if (next != '"') _field.Append(next);
            else if (TryTake('"')) _field.Append('"');
            else break;
        }
        if (!EndsField(text.Peek())) throw Throw.CsvAfterQuote(path, _line, _column, (char)text.Peek());
    }

    private bool EndsField(int next) => next is End or '\r' or '\n' || next == delimiter;

    private bool TryTake(char wanted)
    {
        if (text.Peek() != wanted) return false;
        Advance();
        return true;
    }

    private char Advance()
    {
        var taken = (char)text.Read();
        if (taken == '\n' || (taken == '\r' && text.Peek() != '\n')) (_line, _column) = (_line + 1, 1);
        else _column++;
        return taken;
    }
}
