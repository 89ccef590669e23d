namespace DeepKeras.Callbacks;

/// <summary>
/// Text for people who watch a training: on a terminal one line that is rewritten, with messages above it; else plain lines.
/// </summary>
internal sealed class ProgressOutput(TextWriter writer, bool isTerminal)
{
    private const string ClearLine = "\r\e[K";
    private string _live = "";

    /// <summary><see cref="Keras.Output"/> as it is set now.</summary>
    public static ProgressOutput Standard => new(Keras.Output, Keras.OutputIsTerminal);

    /// <summary>Whether a line can be rewritten and bold text shown.</summary>
    public bool IsTerminal => isTerminal;

    /// <summary>Shows a line that the next call replaces.</summary>
    public void Rewrite(string line)
    {
        _live = line;
        writer.Write(ClearLine + line);
        writer.Flush();
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
        if (_live.Length > 0) writer.Write(ClearLine);
        writer.WriteLine(line);
        if (_live.Length > 0) writer.Write(_live);
        writer.Flush();
    }
}
