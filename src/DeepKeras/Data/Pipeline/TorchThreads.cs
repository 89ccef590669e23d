namespace DeepKeras.Data;

/// <summary>
/// How many threads torch computes with on the threads of a data set: one. They work side by side already; a team of threads for each of them
/// would spin on the cores that training needs.
/// </summary>
internal static class TorchThreads
{
    private static readonly Lock s_gate = new();

    /// <summary>Keeps torch's operators on the calling thread, which must be one of the data set's own.</summary>
    public static void StayOnThisOne()
    {
        lock (s_gate)
        {
            var elsewhere = torch.get_num_threads();
            if (elsewhere == 1) return;
            // Torch keeps the number for each thread, and as what new threads begin with. The latter is put back by a thread that ends at once.
            torch.set_num_threads(1);
            var restorer = new Thread(() => torch.set_num_threads(elsewhere)) { IsBackground = true };
            restorer.Start();
            restorer.Join();
        }
    }
}
