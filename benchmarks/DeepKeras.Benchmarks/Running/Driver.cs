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
        var (rounds, peaks) = Rounds(one);
        return new(one, rounds.ToDictionary(r => r.Key, r => Statistics.Median(r.Value.Select(answer => Number(answer, options.CpuTime ? "cpu" : "seconds") / Number(answer, "steps")))), peaks);
    }

    /// <summary>Passes of one input pipeline.</summary>
    public InputMeasurement Measure(InputCase one)
    {
        var (rounds, _) = Rounds(one);
        return new(
            one,
            rounds.ToDictionary(r => r.Key, r => Statistics.Median(r.Value.Select(answer => Number(answer, "images") / Number(answer, "seconds")))),
            rounds.ToDictionary(r => r.Key, r => Statistics.Median(r.Value.Select(answer => Number(answer, "waited") / Number(answer, "seconds")))));
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
                    using var worker = WorkerProcess.Start(engine, one, options, [.. one.Arguments(options.Threads, 0), "--first-step"]);
                    _ = worker.Await("first");
                    seconds[engine].Add(clock.Elapsed.TotalSeconds);
                    _ = worker.Await("ready");
                    _ = worker.Ask(string.Create(CultureInfo.InvariantCulture, $"round {Math.Max(1, 100 / one.Steps)}"));
                    bytes[engine] = Math.Max(bytes[engine], PeakBytes(worker));
                }
                catch (InvalidOperationException failure)
                {
                    _failures.Add($"{one.Name} (start), {engine}: {failure.Message}");
                }
            }
        }
        return options.Engines.Where(e => seconds[e].Count > 0).ToDictionary(e => e, e => new Footprint(Statistics.Median(seconds[e]), bytes[e]));
    }

    /// <summary>What the rounds of each engine answered, the rounds taking turns, and how much memory each process has had.</summary>
    private (Dictionary<string, List<Dictionary<string, string>>> Answers, Dictionary<string, long> PeakBytes) Rounds(IMeasured one)
    {
        var workers = new Dictionary<string, WorkerProcess>();
        var answers = new Dictionary<string, List<Dictionary<string, string>>>();
        try
        {
            foreach (var engine in one.Engines.Where(options.Engines.Contains)) StartWorker(one, engine, workers);
            var names = workers.Keys.ToArray();
            var longest = names.Length == 0 ? 1 : names.Max(e => Number(Round(workers[e], 1), options.CpuTime ? "cpu" : "seconds"));
            var epochs = Math.Clamp((int)Math.Round(options.RoundSeconds / longest), 1, 1000);
            foreach (var engine in names) answers[engine] = [];
            for (var round = 0; round < options.Rounds; round++)
            {
                // Each round begins with another engine.
                for (var i = 0; i < names.Length; i++)
                {
                    var engine = names[(i + round) % names.Length];
                    answers[engine].Add(Round(workers[engine], epochs));
                }
            }
            return (answers, workers.ToDictionary(w => w.Key, w => PeakBytes(w.Value)));
        }
        finally
        {
            foreach (var worker in workers.Values) worker.Dispose();
        }
    }

    private void StartWorker(IMeasured one, string engine, Dictionary<string, WorkerProcess> workers)
    {
        var worker = WorkerProcess.Start(engine, one, options, one.Arguments(options.Threads, options.WarmUp));
        try
        {
            var ready = worker.Await("ready");
            var threads = one.Threads(options.Threads);
            if (int.Parse(ready["threads"], CultureInfo.InvariantCulture) != threads) throw new InvalidOperationException($"It computes with {ready["threads"]} threads, not {threads}.");
            _ = _versions.Add($"{(engine == Engine.PyTorch ? "PyTorch" : "libtorch")} {ready["version"]}");
            if (ready.TryGetValue("vision", out var vision)) _ = _versions.Add($"torchvision {vision}");
            workers[engine] = worker;
        }
        catch (InvalidOperationException failure)
        {
            _failures.Add($"{one.Name}, {engine}: {failure.Message}");
            worker.Dispose();
        }
    }

    private static Dictionary<string, string> Round(WorkerProcess worker, int epochs) => worker.Ask(string.Create(CultureInfo.InvariantCulture, $"round {epochs}"));

    private static long PeakBytes(WorkerProcess worker) => long.Parse(worker.Ask("memory")["bytes"], CultureInfo.InvariantCulture);

    private static double Number(Dictionary<string, string> answer, string name) => double.Parse(answer[name], CultureInfo.InvariantCulture);
}
