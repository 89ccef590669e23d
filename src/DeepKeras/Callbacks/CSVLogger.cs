using System.Globalization;

namespace DeepKeras.Callbacks;

/// <summary>Writes each epoch's figures as a line of a table (Keras: <c>keras.callbacks.CSVLogger</c>).</summary>
/// <remarks>
/// Columns are <c>epoch</c> and the names of the first epoch's figures, sorted; where there are no validation figures yet, columns for them are added.
/// A figure that an epoch lacks is <c>NA</c>. Each line is on the disk when the epoch ends.
/// <code>model.Fit(x, y, callbacks: [new CSVLogger("training.csv")]);</code>
/// </remarks>
/// <param name="filename">The file.</param>
/// <param name="separator">What stands between two columns.</param>
/// <param name="append">Whether to continue a file that exists.</param>
public sealed class CSVLogger(string filename, string separator = ",", bool append = false) : Callback
{
    private IReadOnlyList<string> _columns = [];
    private bool _hasHeader;

    /// <summary>The file.</summary>
    public string Filename { get; } = filename;

    /// <summary>What stands between two columns.</summary>
    public string Separator { get; } = separator;

    /// <summary>Whether to continue a file that exists.</summary>
    public bool Append { get; } = append;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        _columns = [];
        _hasHeader = false;
        if (Path.GetDirectoryName(Path.GetFullPath(Filename)) is { } folder) _ = Directory.CreateDirectory(folder);
        if (!(Append || Run.IsResumed) || !File.Exists(Filename))
        {
            File.WriteAllText(Filename, "");
            return;
        }
        if (File.ReadLines(Filename).FirstOrDefault() is not { Length: > 0 } header) return;
        _hasHeader = true;
        _columns = header.Split(Separator)[1..];
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        if (_columns.Count == 0) _columns = Columns(logs);
        using var file = new StreamWriter(Filename, append: true);
        if (!_hasHeader) file.WriteLine(string.Join(Separator, ["epoch", .. _columns]));
        _hasHeader = true;
        var figures = _columns.Select(name => logs.TryGetValue(name, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "NA");
        file.WriteLine(string.Join(Separator, [epoch.ToString(CultureInfo.InvariantCulture), .. figures]));
    }

    /// <inheritdoc/>
    protected internal override void SaveState(CallbackState state)
    {
        if (!_hasHeader) return;
        state.Texts["columns"] = string.Join(Separator, _columns);
        state.Numbers["length"] = new FileInfo(Filename).Length;
    }

    /// <inheritdoc/>
    protected internal override void RestoreState(CallbackState state)
    {
        _columns = state.Texts["columns"].Split(Separator);
        if (!_hasHeader) return;
        // Epochs that ended after the backup come again.
        using var file = new FileStream(Filename, FileMode.Open, FileAccess.Write);
        file.SetLength(Math.Min(file.Length, (long)state.Numbers["length"]));
    }

    private static List<string> Columns(Logs logs)
    {
        List<string> names = [.. logs.Keys];
        if (!names.Exists(n => n.StartsWith("val_", StringComparison.Ordinal))) names.AddRange([.. names.Select(n => "val_" + n)]);
        return names;
    }
}
