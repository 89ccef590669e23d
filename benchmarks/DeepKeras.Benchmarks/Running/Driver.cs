using System.Diagnostics;
using System.Globalization;

namespace DeepKeras.Benchmarks.Running;

/// <summary>
/// Runs the engines' processes side by side: one process per case and engine, rounds in turns, only one computing at a time,
/// so that a machine that drifts drifts for all of them.
/// </summary>
internal sealed class Driver(Options options)
{
    private readonly HashSet<string> _versions = [];
    private readonly List<string> _failures = [];

    /// <summary>What every process said about its torch.</summary>
    public IEnumerable<string> Versions => _versions;

    /// <summary>What did not run, in words.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Steps of one case.</summary>
    public Measurement Measure(Case one)
    {
        var workers = new Dictionary<string, WorkerProcess>();
        var rounds = new Dictionary<string, List<double>>();
        try
        {
            foreach (var engine in options.Engines) StartWorker(one, engine, workers);
            var names = workers.Keys.ToArray();
            var longest = names.Length == 0 ? 1 : names.Max(e => Round(workers[e], 1) * one.Steps);
            var epochs = Math.Clamp((int)Math.Round(options.RoundSeconds / longest), 1, 1000);
            foreach (var engine in names) rounds[engine] = [];
            for (var round = 0; round < options.Rounds; round++)
            {
                // Each round begins with another engine.
                for (var i = 0; i < names.Length; i++)
                {
                    var engine = names[(i + round) % names.Length];
                    rounds[engine].Add(Round(workers[engine], epochs));
                }
            }
        }
        finally
        {
            foreach (var worker in workers.Values) worker.Dispose();
        }
        return new(one, rounds.ToDictionary(r => r.Key, r => Statistics.Median(r.Value)));
    }

    /// <summary>Start-up and peak memory while training.</summary>
    public IReadOnlyDictionary<string, Footprint> MeasureFootprints(Case one, int starts)
    {
        var seconds = options.Engines.ToDictionary(e => e, _ => new List<double>());
        var bytes = options.Engines.ToDictionary(e => e, _ => 0L);
        for (var i = 0; i < starts; i++)
        {
            foreach (var engine in options.Engines)
            {
                try
                {
                    var clock = Stopwatch.StartNew();
                    using var worker = WorkerProcess.Start(engine, options, [.. one.Arguments(options.Threads, 0), "--first-step"]);
                    _ = worker.Await("first");
                    seconds[engine].Add(clock.Elapsed.TotalSeconds);
                    _ = worker.Await("ready");
                    _ = worker.Ask(string.Create(CultureInfo.InvariantCulture, $"round {Math.Max(1, 100 / one.Steps)}"));
                    bytes[engine] = Math.Max(bytes[engine], long.Parse(worker.Ask("memory")["bytes"], CultureInfo.InvariantCulture));
                }
                catch (InvalidOperationException failure)
                {
                    _failures.Add($"{one.Name} (start), {engine}: {failure.Message}");
                }
            }
        }
        return options.Engines.Where(e => seconds[e].Count > 0).ToDictionary(e => e, e => new Footprint(Statistics.Median(seconds[e]), bytes[e]));
    }

    private void StartWorker(Case one, string engine, Dictionary<string, WorkerProcess> workers)
    {
        var worker = WorkerProcess.Start(engine, options, one.Arguments(options.Threads, options.WarmUp));
        try
        {
            var ready = worker.Await("ready");
            if (int.Parse(ready["threads"], CultureInfo.InvariantCulture) != options.Threads) throw new InvalidOperationException($"It computes with {ready["threads"]} threads, not {options.Threads}.");
            _ = _versions.Add($"{(engine == Engine.PyTorch ? "PyTorch" : "libtorch")} {ready["version"]}");
            workers[engine] = worker;
        }
        catch (InvalidOperationException failure)
        {
            _failures.Add($"{one.Name}, {engine}: {failure.Message}");
            worker.Dispose();
        }
    }

    /// <summary>Seconds per step.</summary>
    private double Round(WorkerProcess worker, int epochs)
    {
        var answer = worker.Ask(string.Create(CultureInfo.InvariantCulture, $"round {epochs}"));
        return double.Parse(answer[options.CpuTime ? "cpu" : "seconds"], CultureInfo.InvariantCulture) / int.Parse(answer["steps"], CultureInfo.InvariantCulture);
    }
}
