using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepKeras.Callbacks;

/// <summary>Sends each epoch's figures to a web server (Keras: <c>keras.callbacks.RemoteMonitor</c>).</summary>
/// <remarks>
/// A POST request to <c>root + path</c> with an object of <c>epoch</c> and all figures: as JSON, or as a form whose one field holds that JSON.
/// A server that cannot be reached, or that answers with an error, is reported once and does not end the training.
/// <code>model.Fit(x, y, callbacks: [new RemoteMonitor("http://localhost:9000", sendAsJson: true)]);</code>
/// </remarks>
public sealed class RemoteMonitor : Callback
{
    // Training waits for the server no longer than that.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions s_options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private bool _hasFailed;

    /// <summary>Creates the callback.</summary>
    /// <param name="root">The server; <c>"http://localhost:9000"</c> by default.</param>
    /// <param name="path">The path on it; <c>"/publish/epoch/end/"</c> by default.</param>
    /// <param name="field">The form's field; <c>"data"</c> by default. Not used with <paramref name="sendAsJson"/>.</param>
    /// <param name="headers">Further headers of the request, by name.</param>
    /// <param name="sendAsJson">Whether the body is the JSON itself (<c>application/json</c>).</param>
    /// <exception cref="KerasException">Root and path are no http or https address together.</exception>
    public RemoteMonitor(
        string root = "http://localhost:9000",
        string path = "/publish/epoch/end/",
        string field = "data",
        IReadOnlyDictionary<string, string>? headers = null,
        bool sendAsJson = false)
    {
        if (!Uri.TryCreate(root + path, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) throw Throw.BadArgument(nameof(RemoteMonitor), nameof(root), "an address of http or https", $"\"{root}{path}\"", "Give something like \"http://localhost:9000\".");
        Root = root;
        Path = path;
        Field = field;
        Headers = headers;
        SendAsJson = sendAsJson;
    }

    /// <summary>The server.</summary>
    public string Root { get; }

    /// <summary>The path on it.</summary>
    public string Path { get; }

    /// <summary>The form's field.</summary>
    public string Field { get; }

    /// <summary>Further headers of the request.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; }

    /// <summary>Whether the body is the JSON itself.</summary>
    public bool SendAsJson { get; }

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs) => _hasFailed = false;

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        try
        {
            using var client = new HttpClient { Timeout = s_patience };
            using var request = Request(epoch, logs);
            using var answer = client.Send(request);
            if (!answer.IsSuccessStatusCode) Warn($"answered {(int)answer.StatusCode}");
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            Warn($"could not be reached ({Throw.FirstLine(error.Message).TrimEnd('.')})");
        }
    }

    private HttpRequestMessage Request(int epoch, Logs logs)
    {
        var figures = new Dictionary<string, object>(StringComparer.Ordinal) { ["epoch"] = epoch };
        foreach (var (name, value) in logs) figures[name] = value;
        var json = JsonSerializer.Serialize(figures, s_options);
        var request = new HttpRequestMessage(HttpMethod.Post, Root + Path)
        {
            Content = SendAsJson ? new StringContent(json, System.Text.Encoding.UTF8, "application/json") : new FormUrlEncodedContent([KeyValuePair.Create(Field, json)]),
        };
        if (Headers is null) return request;
        foreach (var (name, value) in Headers)
        {
            // Headers of the content belong to it in .NET.
            if (!request.Headers.TryAddWithoutValidation(name, value)) _ = request.Content.Headers.Remove(name) & request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }

    private void Warn(string problem)
    {
        if (_hasFailed) return;
        _hasFailed = true;
        Report($"RemoteMonitor: the server {Root} {problem}; its figures are lost, training goes on.");
    }
}
