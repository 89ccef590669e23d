using System.Runtime.InteropServices;
using DeepKeras.Callbacks;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

public partial class InterruptTests
{
    private const int Interrupt = 2;

    [Test]
    public void Ctrl_C_stops_after_the_step_and_keeps_history_and_weights()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("Sends a POSIX signal; not on Windows.");
        if (IsIgnored(Interrupt)) Assert.Ignore("Skipped: this process was started with Ctrl-C switched off (in the background of a shell), so none can reach it.");
        Sequential model = [Dense(1, inputShape: 2)];
        model.Compile("sgd", "mse");
        var steps = 0;
        var history = model.Fit(torch.rand(8, 2), torch.rand(8, 1), batchSize: 2, epochs: 2000, verbose: 0, callbacks:
        [
            new LambdaCallback(onTrainBatchEnd: (_, _) =>
            {
                if (++steps == 10) Kill(Environment.ProcessId, Interrupt).Should().Be(0);
                if (steps >= 10) Thread.Sleep(5);
            }),
        ]);

        history.WasInterrupted.Should().BeTrue();
        steps.Should().BeInRange(10, 7000, "the run must end at the signal, long before its 8000 steps");
        history.Epochs.Should().HaveCountGreaterThanOrEqualTo(2, "two epochs of four steps had ended before");
        history["loss"].Should().HaveCount(history.Epochs.Count);
        model.Fit(torch.rand(8, 2), torch.rand(8, 1), verbose: 0).WasInterrupted.Should().BeFalse("the next run is its own");
    }

    /// <summary>Whether the process ignores a signal: a bit of SigIgn in proc(5)'s status.</summary>
    private static bool IsIgnored(int signal)
    {
        const string Status = "/proc/self/status", Field = "SigIgn:";
        if (!File.Exists(Status)) return false;
        var mask = File.ReadLines(Status).First(l => l.StartsWith(Field, StringComparison.Ordinal))[Field.Length..].Trim();
        return (Convert.ToUInt64(mask, 16) & (1UL << (signal - 1))) != 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
