using System.Diagnostics;

namespace DeepKeras.Benchmarks.Running;

/// <summary>The whole run: every case, the table, the exit status.</summary>
internal static class Comparison
{
    /// <returns>0 when every process ran; goals that are missed are marked, not punished.</returns>
    public static int Run(Options options)
    {
        options = WithoutMissingPyTorch(options);
        var driver = new Driver(options);
        var report = options.Input ? MeasureInput(options, driver) : MeasureModels(options, driver);
        Console.Error.WriteLine();
        Console.Write(report);
        if (options.Output.Length > 0) File.WriteAllText(options.Output, report.ToString());
        foreach (var failure in driver.Failures) Console.Error.WriteLine(failure);
        return driver.Failures.Count == 0 ? 0 : 1;
    }

    private static Report MeasureInput(Options options, Driver driver)
    {
        using var files = new InputFiles();
        var rows = new List<InputMeasurement>();
        foreach (var one in InputCase.All.Where(c => options.Wants(c.Name)))
        {
            Console.Error.Write($"{one.Name} ");
            rows.Add(driver.Measure(one with { Folder = files.Extract(one.Archive), Workers = options.Workers }));
        }
        var report = new Report();
        report.InputHead(options, driver.Versions);
        report.Throughputs([.. rows.Where(r => r.Case.Mode != InputMode.Train)]);
        report.Waits([.. rows.Where(r => r.Case.Mode == InputMode.Train)]);
        return report;
    }

    private static Report MeasureModels(Options options, Driver driver)
    {
        var times = new List<Measurement>();
        foreach (var one in options.ModelCases.Where(c => options.Wants(c.Name)))
        {
            Console.Error.Write($"{one.Name} ");
            times.Add(driver.Measure(one));
        }
        var report = new Report();
        report.Head(options, driver.Versions);
        if (options.Networks)
        {
            report.Networks([.. times.Where(t => t.Case.Mode != Mode.Frozen)]);
            report.FrozenBases([.. times.Where(t => t.Case.Mode == Mode.Frozen)]);
            return report;
        }
        var start = Case.All[0];
        var footprints = new List<(Case, IReadOnlyDictionary<string, Footprint>)>();
        if (options.Wants("start"))
        {
            foreach (var one in Case.All.Where(c => c.Mode == Mode.Train && c.Network != "tiny"))
            {
                Console.Error.Write($"start of {one.Name} ");
                footprints.Add((one, driver.MeasureFootprints(one, one == start ? options.Starts : 1)));
            }
        }
        report.Times(times);
        report.Footprints(footprints, start);
        return report;
    }

    private static Options WithoutMissingPyTorch(Options options)
    {
        if (!options.Engines.Contains(Engine.PyTorch) || Imports(options.Python, options.PythonModule)) return options;
        Console.Error.WriteLine($"{options.Python} has no {(options.PythonModule)}: running without PyTorch. Name another with --python.");
        options.Engines = [.. options.Engines.Where(e => e != Engine.PyTorch)];
        return options;
    }

    private static bool Imports(string python, string module)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(python, ["-c", $"import {module}"]) { RedirectStandardError = true });
            probe!.StandardError.ReadToEnd();
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
