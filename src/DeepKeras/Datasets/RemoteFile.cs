namespace DeepKeras.Datasets;

/// <summary>A file that can be fetched: its name, where it lies, and the SHA-256 that tells whether it is the right one.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Sha256">64 hexadecimal digits, or the first eight or more where the publisher gives no more.</param>
/// <param name="Sources">Addresses, tried in this order.</param>
/// <remarks><code>var path = new RemoteFile("w.bin", "9f86d0…", ["https://example.org/w.bin"]).Fetch(folder);</code></remarks>
public sealed record RemoteFile(string Name, string Sha256, IReadOnlyList<string> Sources)
{
    /// <summary>The file's path in a folder; it is downloaded first when it is not there. An interrupted download goes on where it stopped.</summary>
    /// <param name="folder">Where to keep it; made when missing.</param>
    /// <param name="cancellationToken">Stops the download; what has arrived is kept for the next time.</param>
    /// <exception cref="KerasException">No source gives the file; the message says what to do by hand.</exception>
    public string Fetch(string folder, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) new Download(this, folder).Run(cancellationToken);
        return path;
    }
}
