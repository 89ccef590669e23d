using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace DeepKeras.Data;

/// <summary>An asynchronous enumeration, read by a thread that waits for each element.</summary>
internal sealed class AsyncDataset<T>(Func<IAsyncEnumerable<T>> start, long? count) : Dataset<T>
{
    public override long? Count => count;

    public override IEnumerable<T> Elements()
    {
        using var pass = new Pass(start(), Reading.Cancellation);
        while (pass.MoveNext())
        {
            // Made on whatever thread the enumeration went on, outside of our scopes.
            TensorWalker.Adopt(pass.Current);
            yield return pass.Current;
        }
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "Waiting is what the reading thread is for; it has no synchronization context to come back to.")]
    private sealed class Pass(IAsyncEnumerable<T> source, CancellationToken cancellation) : IDisposable
    {
        private readonly IAsyncEnumerator<T> _elements = source.GetAsyncEnumerator(cancellation);
        private Task<bool>? _pending;

        public T Current => _elements.Current;

        public bool MoveNext()
        {
            try
            {
                // On a thread of its own from the start: what the enumeration makes before its first wait would otherwise belong to the reader's scope, which may
                // be disposed while the enumeration, on another thread by then, frees it. And a continuation that wants back onto this thread would wait for ever.
                _pending = Task.Run(() => _elements.MoveNextAsync().AsTask(), CancellationToken.None);
                _pending.Wait(cancellation);
                var any = _pending.Result;
                _pending = null;
                return any;
            }
            catch (AggregateException failure) when (_pending is { IsFaulted: true } or { IsCanceled: true })
            {
                ExceptionDispatchInfo.Throw(failure.InnerExceptions[0]);
                throw;
            }
        }

        public void Dispose()
        {
            // An enumeration that is still at work must not be disposed before it is done. Nobody takes the element that it then has, or that it has
            // finished since the wait for it was given up.
            if (_pending is { IsCompleted: false } busy) _ = busy.ContinueWith(Drop, TaskScheduler.Default).Unwrap();
            else if (_pending is { } done) Drop(done).Wait(CancellationToken.None);
            else _elements.DisposeAsync().AsTask().Wait(CancellationToken.None);
        }

        private Task Drop(Task<bool> last)
        {
            if (last is { IsCompletedSuccessfully: true, Result: true })
            {
                using var scope = torch.NewDisposeScope();
                TensorWalker.Adopt(_elements.Current);
            }
            return _elements.DisposeAsync().AsTask();
        }
    }
}
