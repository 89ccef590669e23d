using System.Net;
using System.Net.Sockets;

namespace DeepKeras.Tests.Callbacks.Fixtures;

/// <summary>A server on this machine that keeps what is posted to it.</summary>
internal sealed class PostServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public PostServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Root = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }
        _listener.Prefixes.Add(Root + "/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Root { get; }

    /// <summary>How requests are answered.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Path, type, the header X-Token and body of each request.</summary>
    public List<(string Path, string? Type, string? Token, string Body)> Requests { get; } = [];

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                Requests.Add((context.Request.Url!.AbsolutePath, context.Request.ContentType, context.Request.Headers["X-Token"], await reader.ReadToEndAsync()));
                context.Response.StatusCode = Status;
                context.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
