namespace DeepKeras.Training;

/// <summary>Turns the first Ctrl-C and a cancellation token into a request to stop after the current step; a second Ctrl-C ends the process as usual.</summary>
internal sealed class InterruptGuard : IDisposable
{
    private readonly CancellationTokenSource _requested;
    private readonly bool _listens;
    private volatile bool _interrupted;

    public InterruptGuard(CancellationToken cancellation, bool listenToConsole = true)
    {
        _requested = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _listens = listenToConsole;
        if (_listens) Console.CancelKeyPress += OnCancelKey;
    }

    public bool IsRequested => _requested.IsCancellationRequested;

    /// <summary>Cancelled by the request, to end a wait for data.</summary>
    public CancellationToken Token => _requested.Token;

    public void Dispose()
    {
        if (_listens) Console.CancelKeyPress -= OnCancelKey;
        _requested.Dispose();
    }

    private void OnCancelKey(object? sender, ConsoleCancelEventArgs key)
    {
        if (_interrupted) return;
        _interrupted = true;
        key.Cancel = true;
        try
        {
            _requested.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return; // The key came as the run ended.
        }
    }
}
