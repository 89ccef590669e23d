using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace DeepKeras.Threading;

/// <summary>
/// Shares work among the threads that libtorch computes with. Between its own operations these wait in a loop, and would take the processors from any other threads;
/// where they are not those of OpenMP, .NET's do the work.
/// </summary>
internal static unsafe class TorchThreads
{
    private static readonly delegate* unmanaged<delegate* unmanaged<nint, void>, nint, uint, uint, void> s_fork = (delegate* unmanaged<delegate* unmanaged<nint, void>, nint, uint, uint, void>)FindFork();

    /// <summary>Calls the work once for each part, on as many threads as torch uses, and returns when all is done.</summary>
    /// <param name="parts">How many parts.</param>
    /// <param name="work">Gets the number of a part.</param>
    public static void Run(int parts, Action<int> work)
    {
        var threads = Math.Min(parts, torch.get_num_threads());
        if (threads <= 1)
        {
            for (var part = 0; part < parts; part++) work(part);
        }
        else if (s_fork is null)
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
        else
        {
            Fork(parts, threads, work);
        }
    }

    private static void Fork(int parts, int threads, Action<int> work)
    {
        var shared = new Shared(parts, work);
        var handle = GCHandle.Alloc(shared);
        try
        {
            s_fork(&Work, (nint)handle, (uint)threads, 0);
        }
        finally
        {
            handle.Free();
        }
        shared.Error?.Throw();
    }

    [UnmanagedCallersOnly]
    private static void Work(nint shared) => ((Shared)GCHandle.FromIntPtr(shared).Target!).Run();

    // GNU's and LLVM's OpenMP both have this entry. Whichever libtorch has loaded is the one.
    private static nint FindFork()
    {
        _ = torch.get_num_threads();
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (module.ModuleName.Contains("omp", StringComparison.Ordinal) && NativeLibrary.TryLoad(module.FileName, out var library) && NativeLibrary.TryGetExport(library, "GOMP_parallel", out var entry)) return entry;
        }
        return 0;
    }

    private sealed class Shared(int parts, Action<int> work)
    {
        private int _next = -1;

        public ExceptionDispatchInfo? Error { get; private set; }

        public void Run()
        {
            try
            {
                for (var part = Interlocked.Increment(ref _next); part < parts && Error is null; part = Interlocked.Increment(ref _next)) work(part);
            }
            catch (Exception error)
            {
                // No exception may pass through native frames.
                Error = ExceptionDispatchInfo.Capture(error);
            }
        }
    }
}
