using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DeepKeras.Data;

/// <summary>A pass that threads of its own run ahead of the reader, in order and within bounds.</summary>
/// <param name="upstream">What the threads read, taking turns.</param>
/// <param name="step">What they make, side by side, of so many elements and the number of the first.</param>
/// <param name="take">How many elements go into one result; the last may get fewer.</param>
/// <param name="workers">How many threads.</param>
/// <param name="lookAhead">How many results may be in work or waiting for the reader.</param>
/// <param name="key">The random numbers of the upstream.</param>
internal sealed class ParallelPass<TSource, T>(IEnumerable<TSource> upstream, Func<TSource[], long, T> step, int take, int workers, int lookAhead, ulong key) : IEnumerable<T>
{
    public IEnumerator<T> GetEnumerator() => new Reader(new(upstream, step, take, workers, lookAhead, key));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The reader's end. It is apart from what the threads know, so that one that is dropped without disposal is found by the garbage collector and stops them.</summary>
    [SuppressMessage("Design", "MA0055:Do not use finalizer", Justification = "Threads must not wait for ever for a reader that is gone.")]
    private sealed class Reader(WorkerPool<TSource, T> pool) : IEnumerator<T>
    {
        private T _current = default!;

        ~Reader() => pool.Close(waits: false);

        public T Current => _current;

        object? IEnumerator.Current => _current;

        public bool MoveNext() => pool.TryRead(out _current);

        public void Reset() => throw new NotSupportedException();

        public void Dispose()
        {
            GC.SuppressFinalize(this);
            pool.Close(waits: true);
        }
    }
}
