using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace DeepKeras.Data;

/// <summary>
/// The threads of one pass. They take turns reading the upstream, work side by side, and leave results in a ring in the order of the elements.
/// A semaphore bounds how far they run ahead; the reader sleeps until the element it waits for is there, or a failure, which goes before all elements.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The last of the threads and the reader to leave disposes them.")]
internal sealed class WorkerPool<TSource, T>
{
    /// <summary>How long the reader waits for threads to leave; one that hangs in foreign code leaves when that returns.</summary>
    private const int PatienceMilliseconds = 2000;

    private readonly IEnumerable<TSource> _source;
    private readonly Func<TSource[], long, T> _step;
    private readonly int _take;
    private readonly RandomKeys _upstreamKeys;
    private readonly Thread[] _threads;
    private readonly Held<T>?[] _ring;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _wake;
    private readonly SemaphoreSlim _room;
    private readonly Lock _reading = new();
    private readonly object _gate = new();

    // Under _reading.
    private IEnumerator<TSource>? _upstream;
    private long _read;
    private long _begun;
    private bool _ended;

    // Under _gate.
    private ExceptionDispatchInfo? _failure;
    private long _next;
    private long _end = long.MaxValue;
    private bool _closed;
    private int _taken;

    private int _working;
    private int _present;

    public WorkerPool(IEnumerable<TSource> source, Func<TSource[], long, T> step, int take, int workers, int lookAhead, ulong key)
    {
        (_source, _step, _take, _upstreamKeys) = (source, step, take, new(key));
        _ring = new Held<T>?[lookAhead];
        _room = new(lookAhead);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(Reading.Cancellation);
        _wake = _stop.Token.UnsafeRegister(static self => ((WorkerPool<TSource, T>)self!).Wake(), this);
        _working = workers;
        _present = workers + 1;
        _threads = new Thread[workers];
        for (var i = 0; i < workers; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = "DeepKeras data" };
            _threads[i].Start();
        }
    }

    /// <summary>The next result, which the reader's dispose scope then owns.</summary>
    public bool TryRead(out T result)
    {
        Held<T> held;
        lock (_gate)
        {
            while (true)
            {
                _failure?.Throw();
                if (_closed || _next == _end)
                {
                    result = default!;
                    return false;
                }
                _stop.Token.ThrowIfCancellationRequested();
                ref var slot = ref _ring[_next % _ring.Length];
                if (slot is { } ready)
                {
                    (held, slot) = (ready, null);
                    _next++;
                    // Waking a thread costs as much as a small element: where many may wait, make room for several at once.
                    if (++_taken > _ring.Length / 4) MakeRoom();
                    break;
                }
                MakeRoom();
                Monitor.Wait(_gate);
            }
        }
        result = held.Take();
        return true;
    }

    /// <summary>Ends the pass: the threads leave, and what nobody will read is freed.</summary>
    /// <param name="waits">Whether to wait until they have left.</param>
    public void Close(bool waits)
    {
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            for (var i = 0; i < _ring.Length; i++)
            {
                _ring[i]?.Free();
                _ring[i] = null;
            }
        }
        Stop();
        var deadline = Environment.TickCount64 + (waits ? PatienceMilliseconds : 0);
        foreach (var thread in _threads)
        {
            if (!thread.Join((int)Math.Max(0, deadline - Environment.TickCount64))) break;
        }
        Leave();
    }

    private void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return; // All have left already.
        }
    }

    private void Run()
    {
        try
        {
            using var gradients = torch.no_grad();
            using var cancellation = Reading.Under(_stop.Token);
            while (TryMakeOne()) { }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Wake();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        if (Interlocked.Decrement(ref _working) == 0) CloseUpstream();
        Leave();
    }

    private bool TryMakeOne()
    {
        _room.Wait(_stop.Token);
        using var scope = torch.NewDisposeScope();
        TSource[] elements;
        long first, place;
        lock (_reading)
        {
            (first, place) = (_read, _begun);
            elements = ReadUpstream();
        }
        if (elements.Length == 0) return false;
        Deposit(place, Held<T>.Detach(_step(elements, first), scope));
        return true;
    }

    /// <summary>The upstream's random numbers come from its own keys, whichever thread reads it.</summary>
    private TSource[] ReadUpstream()
    {
        if (_ended) return [];
        using var random = RandomSource.Use(_upstreamKeys);
        _ended = true; // also if it fails
        _upstream ??= _source.GetEnumerator();
        var elements = new List<TSource>(Math.Min(_take, 64));
        while (elements.Count < _take && _upstream.MoveNext()) elements.Add(_upstream.Current);
        _read += elements.Count;
        if (elements.Count > 0) _begun++;
        if (elements.Count == _take) _ended = false;
        else EndAt(_begun);
        return [.. elements];
    }

    private void EndAt(long end)
    {
        lock (_gate)
        {
            _end = end;
            Monitor.PulseAll(_gate);
        }
        _room.Release(_threads.Length);
    }

    private void Deposit(long place, Held<T> held)
    {
        lock (_gate)
        {
            if (_closed)
            {
                held.Free();
                return;
            }
            _ring[place % _ring.Length] = held;
            if (place == _next) Monitor.PulseAll(_gate);
        }
    }

    private void MakeRoom()
    {
        if (_taken > 0) _room.Release(_taken);
        _taken = 0;
    }

    private void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= ExceptionDispatchInfo.Capture(failure);
            Monitor.PulseAll(_gate);
        }
        Stop();
    }

    private void CloseUpstream()
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            lock (_reading) _upstream?.Dispose();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }

    private void Wake()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _present) > 0) return;
        _wake.Dispose();
        _stop.Dispose();
        _room.Dispose();
    }
}
