namespace DeepKeras.Tests.Support;

/// <summary>Counts the tensors alive before and after repeating something.</summary>
public static class Leaks
{
    /// <summary>Asserts that repeating <paramref name="step"/> leaves no tensor behind.</summary>
    /// <param name="step">What a user does again and again; it runs a few times first to settle.</param>
    /// <param name="steps">How often.</param>
    public static void None(Action step, int steps = 50)
    {
        var left = Count(step, steps);
        left.Should().Be(0, $"{steps} steps must not leave tensors behind");
    }

    /// <summary>How many tensors more are alive after the steps than before.</summary>
    public static long Count(Action step, int steps = 50)
    {
        ArgumentNullException.ThrowIfNull(step);
        for (var i = 0; i < 3; i++) step();
        Collect();
        var total = Tensor.TotalCount;
        var thread = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < steps; i++) step();
        // Counted before any collection: a tensor that only a finalizer would free is a leak of native memory until then.
        total = Tensor.TotalCount - total;
        thread = DisposeScopeManager.Statistics.ThreadTotalLiveCount - thread;
        return CountsParametersTwice() && thread >= 0 ? Math.Min(total, thread) : total;
    }

    // TorchSharp's total never forgets the tensor that a Parameter took over; the count of the thread does, but is below zero where a thread frees what others made.
    private static bool CountsParametersTwice()
    {
        var before = Tensor.TotalCount;
        new TorchSharp.Modules.Parameter(torch.zeros(1)).Dispose();
        return Tensor.TotalCount != before;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
