using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The dispose scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic] private static DisposeScopeManager? s_current;

    internal static DisposeScopeManager ThreadSingleton => s_current ?? Create();

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal LifetimeStatistics Counts => StatisticsInstance.TensorStatistics;

    internal DisposeScope? CurrentDisposeScope { get; private set; }

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal void Register(Tensor tensor)
    {
        if (CurrentDisposeScope is { } scope)
        {
            Counts.CreatedInScopeCount++;
            scope.Add(tensor);
        }
        else
        {
            Counts.CreatedOutsideScopeCount++;
        }
    }

    internal DisposeScope NewDisposeScope() => CurrentDisposeScope = new DisposeScope(this);

    /// <summary>Takes a scope out of the chain, also when it is not the innermost one.</summary>
    internal void RemoveDisposeScope(DisposeScope scope)
    {
        if (ReferenceEquals(CurrentDisposeScope, scope))
        {
            CurrentDisposeScope = scope.OuterScope;
            return;
        }

        for (var inner = CurrentDisposeScope; inner is not null; inner = inner.OuterScope)
        {
            if (!ReferenceEquals(inner.OuterScope, scope)) continue;
            inner.OuterScope = scope.OuterScope;
            return;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DisposeScopeManager Create() => s_current = new DisposeScopeManager();
}
