namespace DeepKeras.Conformance;

/// <summary>Replays the case files named on the command line: one line per failing case, then the totals.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var showSkipped = arguments.Contains("--skipped", StringComparer.Ordinal);
        string[] files = [.. arguments.Where(a => a != "--skipped")];
        if (files.Length == 0)
        {
            Console.Error.WriteLine("Name at least one file of cases. --skipped lists the cases that nothing here covers.");
            return 2;
        }
        torch.set_num_threads(2);
        Keras.Device = torch.CPU;
        int passed = 0, failed = 0, skipped = 0;
        foreach (var file in files)
        {
            IReadOnlyList<Case> cases;
            try
            {
                cases = CaseFile.Read(file);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or FormatException)
            {
                Console.Error.WriteLine($"{file}: {failure.Message}");
                return 2;
            }
            foreach (var (@case, outcome) in cases.Select(c => (c, Replayer.Replay(c))))
            {
                if (outcome.Kind == OutcomeKind.Passed) passed++;
                else if (outcome.Kind == OutcomeKind.Failed) failed++;
                else skipped++;
                if (outcome.Kind == OutcomeKind.Failed) Console.WriteLine($"FAILED  {@case.Id} {@case.Kind} {@case.Name}: {outcome.Text}");
                else if (showSkipped && outcome.Kind == OutcomeKind.Skipped) Console.WriteLine($"skipped {@case.Id} {@case.Kind} {@case.Name}: {outcome.Text}");
            }
        }
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 && passed > 0 ? 0 : 1;
    }
}
