namespace DeepKeras.Training;

/// <summary>Turns the first Ctrl-C and a cancellation token into a request to stop after the current step; a second Ctrl-C ends the process as usual.</summary>
internal sealed class InterruptGuard : IDisposable
{
    private readonly CancellationToken _cancellation;
    private readonly bool _listens;
    private volatile bool _interrupted;

    public InterruptGuard(CancellationToken cancellation, bool listenToConsole = true)
    {
        _cancellation = cancellation;
        _listens = listenToConsole;
        if (_listens) Console.CancelKeyPress += OnCancelKey;
    }

    public bool IsRequested => _interrupted || _cancellation.IsCancellationRequested;

    public void Dispose()
    {
        if (_listens) Console.CancelKeyPress -= OnCancelKey;
    }

    private void OnCancelKey(object? sender, ConsoleCancelEventArgs key)
    {
        if (_interrupted) return;
        _interrupted = true;
        key.Cancel = true;
    }
}
