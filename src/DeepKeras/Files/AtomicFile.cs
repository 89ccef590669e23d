namespace DeepKeras.Files;

/// <summary>
/// Writes files so that a crash, a full disk or an error in between leaves the old file as it was: the new content goes into a temporary file of the
/// same folder, is flushed to the disk, and takes the name in one step at the very end.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its name. Where that is a link, the file behind it is replaced.</param>
    /// <param name="write">Writes the content into a stream that it does not close.</param>
    /// <exception cref="KerasException">The folder is missing, may not be written to, or the disk is full; the old file is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        WriteAt(path, temporary =>
        {
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
            write(stream);
        });
    }

    /// <summary>As <see cref="Write"/>, for libraries that want a name: <paramref name="write"/> makes the file of the name that it is given.</summary>
    internal static void WriteAt(string path, Action<string> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Path.GetFullPath(path);
        try
        {
            if (new FileInfo(target).LinkTarget is not null) target = File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
            if (Directory.Exists(target)) throw Throw.PathIsFolder(path);
            Replace(target, write);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Throw.CannotWrite(path, error);
        }
    }

    private static void Replace(string target, Action<string> write)
    {
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"The folder {folder} does not exist.");
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            write(temporary);
            using (var written = new FileStream(temporary, FileMode.Open, FileAccess.Write)) written.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>The first error is the one to report; a temporary file that cannot be deleted does no harm.</summary>
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _ = error;
        }
    }
}
