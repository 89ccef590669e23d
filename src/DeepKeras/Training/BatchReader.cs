using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>Reads a data set batch by batch; after the end it starts a new pass. Call it inside the step's dispose scope, which then owns the batch.</summary>
/// <param name="source">The batches.</param>
/// <param name="cancellation">Ends the wait for a batch that other threads make.</param>
internal sealed class BatchReader(Dataset<Batch> source, CancellationToken cancellation) : IDisposable
{
    private IEnumerator<Batch>? _pass;

    /// <summary>Whether no more batches are wanted.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested;

    /// <summary>The next batch, or <see langword="null"/> once at the end of each pass, and when cancelled.</summary>
    public Batch? Next()
    {
        using var reading = Reading.Under(cancellation);
        try
        {
            _pass ??= Start();
            if (_pass.MoveNext()) return _pass.Current;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Dispose();
            return null;
        }
        Dispose();
        return null;
    }

    public void Dispose()
    {
        _pass?.Dispose();
        _pass = null;
    }

    /// <summary>A pass draws one number of the session, however many its operators draw. The arrays of Fit(x, y) draw their order themselves.</summary>
    private IEnumerator<Batch> Start()
    {
        using var random = RandomSource.Use(source is ArraySource ? null : new RandomKeys(RandomSource.Next()));
        return source.Elements().GetEnumerator();
    }
}
