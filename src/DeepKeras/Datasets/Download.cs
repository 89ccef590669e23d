using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace DeepKeras.Datasets;

/// <summary>One download: what has arrived lies in <c>NAME.part</c> until it is complete and its hash is right; only then does it get its name.</summary>
internal sealed class Download
{
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(60);
    private readonly RemoteFile _file;
    private readonly string _folder;
    private readonly string _target;
    private readonly string _part;

    public Download(RemoteFile file, string folder)
    {
        _file = file;
        _folder = Path.GetFullPath(folder);
        _target = Path.Combine(_folder, file.Name);
        _part = _target + ".part";
    }

    public void Run(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        try
        {
            Directory.CreateDirectory(_folder);
            using var handler = new SocketsHttpHandler { ConnectTimeout = s_connect };
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            foreach (var source in _file.Sources)
            {
                if (TrySource(client, source, failures, cancellationToken)) return;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Throw.DownloadFolder(_file.Name, _folder, error);
        }
        if (PartLength() == 0) File.Delete(_part);
        throw Throw.DownloadFailed(_file, _folder, failures);
    }

    private bool TrySource(HttpClient client, string source, List<string> failures, CancellationToken cancellationToken)
    {
        // A broken connection is taken up again as long as each try brings something; a wrong hash after resuming may come from an old part and gets one fresh start.
        for (var mayRetry = true; mayRetry;)
        {
            var before = PartLength();
            try
            {
                var resumed = Receive(client, source, cancellationToken);
                var found = Hash(_part);
                if (_file.Sha256.Length >= 8 && found.StartsWith(_file.Sha256, StringComparison.OrdinalIgnoreCase))
                {
                    File.Move(_part, _target, overwrite: true);
                    return true;
                }
                File.Delete(_part);
                failures.Add($"{source}: the SHA-256 of what came is {found}");
                mayRetry = resumed;
            }
            catch (HttpRequestException error)
            {
                failures.Add($"{source}: {(error.StatusCode is { } status ? string.Create(CultureInfo.InvariantCulture, $"the server answered {(int)status} {status}") : Throw.FirstLine((error.InnerException ?? error).Message))}");
                mayRetry = PartLength() > before;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{source}: nothing came for {s_silence.TotalSeconds} s"));
                mayRetry = PartLength() > before;
            }
        }
        return false;
    }

    private long PartLength() => File.Exists(_part) ? new FileInfo(_part).Length : 0;

    /// <summary>Appends to the part what is still missing of it; tells whether there was one.</summary>
    private bool Receive(HttpClient client, string source, CancellationToken cancellationToken)
    {
        using var output = new FileStream(_part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        var have = output.Length;
        using var request = new HttpRequestMessage(HttpMethod.Get, source);
        if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
        using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return true;
        _ = response.EnsureSuccessStatusCode();
        var resumes = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        if (!resumes) have = 0;
        output.SetLength(have);
        output.Position = have;
        var total = response.Content.Headers.ContentLength + have;
        Keras.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Downloading {_file.Name}{(total is { } size ? $" ({size / 1e6:0.0} MB)" : "")}{(have > 0 ? $", going on at {have / 1e6:0.0} MB" : "")} ..."));
        Copy(response.Content, output, cancellationToken);
        output.Flush(flushToDisk: true);
        return have > 0;
    }

    private static void Copy(HttpContent content, FileStream output, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var input = content.ReadAsStream(cancellationToken);
        // A read that hangs can only be ended from outside: closing the stream makes it return.
        using var closing = silence.Token.Register(input.Dispose);
        var buffer = new byte[1 << 17];
        for (; ;)
        {
            silence.CancelAfter(s_silence);
            int read;
            try
            {
                read = input.Read(buffer);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                if (silence.IsCancellationRequested) throw new OperationCanceledException("The download was stopped.", error, cancellationToken);
                throw new HttpRequestException(error.Message, error);
            }
            if (read == 0) return;
            output.Write(buffer, 0, read);
        }
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
