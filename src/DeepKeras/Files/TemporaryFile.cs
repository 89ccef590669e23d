namespace DeepKeras.Files;

/// <summary>A name for a file that is needed for a moment; the file is deleted at the end, if it was made.</summary>
internal sealed class TemporaryFile : IDisposable
{
    /// <param name="folder">Where; the system's folder for such files by default.</param>
    public TemporaryFile(string? folder = null) => Path = System.IO.Path.Combine(folder ?? System.IO.Path.GetTempPath(), $".deepkeras.{Guid.NewGuid():N}.tmp");

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
