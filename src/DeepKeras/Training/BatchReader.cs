using DeepKeras.Data;

namespace DeepKeras.Training;

/// <summary>Reads a data set batch by batch; after the end it starts a new pass. Call it inside the step's dispose scope, which then owns the batch.</summary>
internal sealed class BatchReader(Dataset source) : IDisposable
{
    private IEnumerator<Batch>? _pass;

    /// <summary>The next batch, or <see langword="null"/> once at the end of each pass.</summary>
    public Batch? Next()
    {
        _pass ??= source.Batches().GetEnumerator();
        if (_pass.MoveNext()) return _pass.Current;
        Dispose();
        return null;
    }

    public void Dispose()
    {
        _pass?.Dispose();
        _pass = null;
    }
}
