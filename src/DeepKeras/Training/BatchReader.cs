using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>Reads a data set batch by batch; after the end it starts a new pass. Call it inside the step's dispose scope, which then owns the batch.</summary>
/// <param name="source">The batches.</param>
/// <param name="cancellation">Ends the wait for a batch that other threads make.</param>
internal sealed class BatchReader(Dataset<Batch> source, CancellationToken cancellation) : IDisposable
{
    private IEnumerator<Batch>? _pass;
    private DataPosition? _begin;
    private long _read;

    /// <summary>Whether no more batches are wanted.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested;

    /// <summary>Where the reading stands.</summary>
    public DataPosition Position => _pass is null ? DataPosition.Between(source) : _begin! with { Batches = _read };

    /// <summary>The next batch, or <see langword="null"/> once at the end of each pass, and when cancelled.</summary>
    public Batch? Next()
    {
        using var reading = Reading.Under(cancellation);
        try
        {
            _pass ??= Start();
            if (_pass.MoveNext())
            {
                _read++;
                return _pass.Current;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Dispose();
            return null;
        }
        Dispose();
        return null;
    }

    /// <summary>Goes to where a reading stood: the pass begins as it did and its first batches are read again.</summary>
    /// <param name="position">Where.</param>
    /// <param name="read">Sees each batch that is read again.</param>
    /// <returns>Whether the data has as many batches and orders.</returns>
    public bool TryGoTo(DataPosition position, Action<Batch> read)
    {
        Dispose();
        if (!position.TryRestore(source)) return false;
        for (long i = 0; i < position.Batches; i++)
        {
            using var scope = torch.NewDisposeScope();
            if (Next() is not { } batch) return false;
            read(batch);
        }
        return true;
    }

    public void Dispose()
    {
        _pass?.Dispose();
        _pass = null;
    }

    /// <summary>A pass draws one number of the session, however many its operators draw. The arrays of Fit(x, y) draw their order themselves.</summary>
    private IEnumerator<Batch> Start()
    {
        _begin = DataPosition.Between(source);
        _read = 0;
        using var random = RandomSource.Use(source is ArraySource ? null : new RandomKeys(RandomSource.Next()));
        return source.Elements().GetEnumerator();
    }
}
