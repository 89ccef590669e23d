namespace DeepKeras.Callbacks;

/// <summary>
/// Text for people who watch a training: on a terminal one line that is rewritten, with messages above it; else plain lines.
/// </summary>
/// <param name="writer">Where it goes.</param>
/// <param name="isTerminal">Whether a line can be rewritten and bold text shown.</param>
/// <param name="width">Columns of the terminal, asked anew for each line; unlimited by default.</param>
internal sealed class ProgressOutput(TextWriter writer, bool isTerminal, Func<int>? width = null)
{
    private string _live = "";

    /// <summary><see cref="Keras.Output"/> as it is set now.</summary>
    public static ProgressOutput Standard => new(Keras.Output, Keras.OutputIsTerminal, () => Keras.OutputWidth);

    /// <summary>Whether a line can be rewritten and bold text shown.</summary>
    public bool IsTerminal => isTerminal;

    /// <summary>Shows a line that the next call replaces.</summary>
    public void Rewrite(string line)
    {
        writer.Write(Erase() + line);
        writer.Flush();
        _live = line;
    }

    /// <summary>Leaves the rewritten line as it is and goes to the next one.</summary>
    public void EndLine()
    {
        if (_live.Length == 0) return;
        _live = "";
        writer.WriteLine();
        writer.Flush();
    }

    /// <summary>Writes a line; one that is being rewritten moves down below it.</summary>
    public void WriteLine(string line)
    {
        if (_live.Length > 0) writer.Write(Erase());
        writer.WriteLine(line);
        if (_live.Length > 0) writer.Write(_live);
        writer.Flush();
    }

    /// <summary>Takes the cursor to where the live line began; a line longer than the terminal is wide lies on several rows.</summary>
    private string Erase()
    {
        var columns = _live.Length > 0 && width?.Invoke() is > 0 and var known ? known : int.MaxValue;
        var rows = Math.Max(0, VisibleLength(_live) - 1) / columns;
        return rows == 0 ? "\r\e[K" : $"\r\e[{rows}A\e[J";
    }

    /// <summary>Characters without the colour codes, which end with an m.</summary>
    private static int VisibleLength(string text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\e') i = text.IndexOf('m', i);
            else length++;
        }
        return length;
    }
}
