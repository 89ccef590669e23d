using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Owns the tensors created while it is the innermost scope of its thread, and disposes them when it ends.
/// Each tensor knows its place in the list of its scope: adding, leaving and disposing are constant time.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    private DisposeScopeManager? _manager;
    private Tensor?[] _tensors = [];
    private int _used;
    private int _count;

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        OuterScope = manager.CurrentDisposeScope;
    }

    internal DisposeScope? OuterScope { get; set; }

    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            ThrowIfDisposed();
            var view = new List<IDisposable>(_count);
            for (var i = 0; i < _used; i++) if (_tensors[i] is { } tensor) view.Add(tensor);
            return view;
        }
    }

    public int DisposablesCount
    {
        get { ThrowIfDisposed(); return _count; }
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(OuterScope, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        ThrowIfDisposed();
        if (scope is null) return Detach(disposable);
        if (disposable is Tensor tensor && Remove(tensor)) scope.Add(tensor);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second));

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (MoveToOther(scope, first), MoveToOther(scope, second), MoveToOther(scope, third));

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) MoveToOther<IDisposable>(scope, disposable);
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        ThrowIfDisposed();
        if (disposable is Tensor tensor && Remove(tensor)) _manager!.Counts.DetachedFromScopeCount++;
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable =>
        (Detach(first), Detach(second));

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        (Detach(first), Detach(second), Detach(third));

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables) Detach<IDisposable>(disposable);
    }

    public void Attach(IDisposable disposable)
    {
        ThrowIfDisposed();
        if (disposable is not Tensor tensor) throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
        if (ReferenceEquals(tensor.OwningDisposeScope, this)) return;
        tensor.OwningDisposeScope?.Remove(tensor);
        Add(tensor);
        _manager!.Counts.AttachedToScopeCount++;
    }

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var attached = new List<IDisposable>();
        foreach (var disposable in disposables)
        {
            Attach(disposable);
            attached.Add(disposable);
        }

        return attached;
    }

    public void DisposeEverything()
    {
        ThrowIfDisposed();
        var tensors = _tensors;
        var used = _used;
        _used = _count = 0;
        for (var i = 0; i < used; i++)
        {
            if (tensors[i] is not { } tensor) continue;
            tensors[i] = null;
            tensor.DisposedByScope(_manager!);
        }
    }

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        ThrowIfDisposed();
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        var kept = DisposablesView.Where(keep.Contains).ToList();
        foreach (var disposable in kept) Remove((Tensor)disposable);
        DisposeEverything();
        foreach (var disposable in kept) Add((Tensor)disposable);
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void Dispose()
    {
        if (_manager is null) return;
        DisposeEverything();
        _manager.RemoveDisposeScope(this);
        _manager = null;
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        ThrowIfDisposed();
        if (disposable is Tensor tensor) Remove(tensor);
    }

    public bool Contains(IDisposable disposable) => disposable is Tensor tensor && ReferenceEquals(tensor.OwningDisposeScope, this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(Tensor tensor)
    {
        if (_used == _tensors.Length) MakeRoom();
        tensor.OwningDisposeScope = this;
        tensor.ScopeSlot = _used;
        _tensors[_used++] = tensor;
        _count++;
    }

    internal bool Remove(Tensor tensor)
    {
        if (!ReferenceEquals(tensor.OwningDisposeScope, this)) return false;
        _tensors[tensor.ScopeSlot] = null;
        if (tensor.ScopeSlot == _used - 1) _used--;
        _count--;
        tensor.OwningDisposeScope = null;
        return true;
    }

    internal static void ReplaceWith(Tensor original, Tensor replacement)
    {
        var scope = original.OwningDisposeScope;
        if (scope is null || !scope.Remove(original)) return;
        replacement.OwningDisposeScope?.Remove(replacement);
        scope.Add(replacement);
    }

    /// <summary>Grows the list, or closes the gaps that disposed tensors left when they are at least half of it.</summary>
    private void MakeRoom()
    {
        if (_count > _used / 2)
        {
            Array.Resize(ref _tensors, Math.Max(16, _used * 2));
            return;
        }

        var next = 0;
        for (var i = 0; i < _used; i++)
        {
            if (_tensors[i] is not { } tensor) continue;
            _tensors[i] = null;
            _tensors[next] = tensor;
            tensor.ScopeSlot = next++;
        }

        _used = next;
        if (_tensors.Length == 0) _tensors = new Tensor?[16];
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_manager is null, this);
}
