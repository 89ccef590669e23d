using System.Net;
using System.Net.Sockets;

namespace DeepKeras.Tests.Datasets;

/// <summary>A server on this machine that gives one file, with ranges, and can be told to misbehave.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _content;

    public FileServer(byte[] content)
    {
        _content = content;
        Address = $"http://127.0.0.1:{FreePort()}/file.bin";
        _listener.Prefixes.Add(Address[..^"file.bin".Length]);
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Address { get; }

    /// <summary>How many bytes of the answer to send before the connection is cut, by the number of the request from 0; all by default.</summary>
    public Dictionary<int, int> CutAfter { get; } = [];

    /// <summary>Answers to give instead of the file.</summary>
    public int? Status { get; set; }

    /// <summary>Whether ranges are honoured.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>The ranges that were asked for, request by request.</summary>
    public List<string?> Ranges { get; } = [];

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var request = Ranges.Count;
        var range = context.Request.Headers["Range"];
        Ranges.Add(range);
        var response = context.Response;
        if (Status is { } status)
        {
            response.StatusCode = status;
            response.Close();
            return;
        }
        var start = KnowsRanges && range is not null ? int.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture) : 0;
        if (start >= _content.Length)
        {
            response.StatusCode = 416;
            response.Close();
            return;
        }
        if (start > 0)
        {
            response.StatusCode = 206;
            response.AddHeader("Content-Range", $"bytes {start}-{_content.Length - 1}/{_content.Length}");
        }
        var body = _content.AsSpan(start);
        response.ContentLength64 = body.Length;
        var count = CutAfter.TryGetValue(request, out var limit) ? Math.Min(limit, body.Length) : body.Length;
        response.OutputStream.Write(body[..count]);
        response.OutputStream.Flush();
        if (count < body.Length) response.Abort();
        else response.Close();
    }
}
