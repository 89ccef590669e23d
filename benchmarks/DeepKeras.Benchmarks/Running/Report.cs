using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepKeras.Benchmarks.Running;

/// <summary>Writes the figures as Markdown tables.</summary>
internal sealed partial class Report
{
    private readonly StringBuilder _text = new();

    /// <summary>The tables so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>What ran on what.</summary>
    public void Head(Options options, IEnumerable<string> versions)
    {
        Machine(versions, $"{options.Threads} {(options.Threads == 1 ? "thread" : "threads")}");
        Line($"Medians of {options.Rounds} rounds in turns, {(options.CpuTime ? "processor" : "elapsed")} time per step; synthetic data in the real shapes; `./bench.sh{(options.Networks ? " --networks" : "")}{(options.Quick ? " --quick" : "")}` repeats it.");
        Line($"");
    }

    /// <summary>Times per step.</summary>
    public void Times(IReadOnlyList<Measurement> rows)
    {
        if (rows.Count == 0) return;
        Line($"| | batch | PyTorch eager | TorchSharp by hand | DeepKeras | speed, PyTorch = 1 | time, by hand = 1 |");
        Line($"|---|--:|--:|--:|--:|--:|--:|");
        foreach (var (one, seconds, _) in rows)
        {
            Line($"| {one.Title} | {one.Batch} | {Time(seconds, Engine.PyTorch)} | {Time(seconds, Engine.Loop)} | {Time(seconds, Engine.Fit)} | {Speed(one, seconds)} | {Share(one, seconds)} |");
        }
        Line($"");
    }

    /// <summary>Times per step and memory of the zoo's networks.</summary>
    public void Networks(IReadOnlyList<Measurement> rows)
    {
        if (rows.Count == 0) return;
        Line($"| at 224 × 224 | batch | PyTorch eager | DeepKeras | speed, PyTorch = 1 | peak memory, PyTorch | DeepKeras | memory, PyTorch = 1 |");
        Line($"|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (one, seconds, bytes) in rows)
        {
            Line($"| {one.Title} | {one.Batch} | {Time(seconds, Engine.PyTorch)} | {Time(seconds, Engine.Fit)} | {Speed(one, seconds)} | {Mebibytes(bytes, Engine.PyTorch)} | {Mebibytes(bytes, Engine.Fit)} | {Ratio(bytes, b => b)} |");
        }
        Line($"");
    }

    /// <summary>Steps on a frozen base.</summary>
    public void FrozenBases(IReadOnlyList<Measurement> rows)
    {
        if (rows.Count == 0) return;
        Line($"| at 224 × 224 | batch | forward of the base, then a step of the head | one step of the whole | ratio |");
        Line($"|---|--:|--:|--:|--:|");
        foreach (var (one, seconds, _) in rows) Line($"| {one.Title} | {one.Batch} | {Time(seconds, Engine.Loop)} | {Time(seconds, Engine.Fit)} | {Share(one, seconds)} |");
        Line($"");
    }

    /// <summary>Memory and start.</summary>
    public void Footprints(IReadOnlyList<(Case Case, IReadOnlyDictionary<string, Footprint> Engines)> rows, Case start)
    {
        if (rows.Count == 0) return;
        Line($"| | batch | PyTorch eager | TorchSharp by hand | DeepKeras | DeepKeras : PyTorch |");
        Line($"|---|--:|--:|--:|--:|--:|");
        foreach (var (one, engines) in rows)
        {
            if (one == start) Row(one, "process start to the end of the first step", engines, f => f.StartSeconds, v => string.Create(CultureInfo.InvariantCulture, $"{v:F2} s"));
            Row(one, "peak memory", engines, f => f.PeakBytes, v => string.Create(CultureInfo.InvariantCulture, $"{v / (1 << 20):F0} MiB"));
        }
        Line($"");
    }

    private void Machine(IEnumerable<string> versions, string each)
    {
        var version = typeof(Model).Assembly.GetName().Version?.ToString(3);
        Line($"DeepKeras {version} on {RuntimeInformation.FrameworkDescription}, {string.Join(", ", versions.Order(StringComparer.Ordinal))}; {Processor()}, {each} each.");
    }

    private void Row(Case one, string what, IReadOnlyDictionary<string, Footprint> engines, Func<Footprint, double> value, Func<double, string> show)
    {
        string Cell(string engine) => engines.TryGetValue(engine, out var f) ? show(value(f)) : "–";
        Line($"| {one.Title}: {what} | {one.Batch} | {Cell(Engine.PyTorch)} | {Cell(Engine.Loop)} | {Cell(Engine.Fit)} | {Ratio(engines, value)} |");
    }

    private static string Mebibytes(IReadOnlyDictionary<string, long> bytes, string engine) =>
        bytes.TryGetValue(engine, out var value) ? string.Create(CultureInfo.InvariantCulture, $"{value / (1 << 20)} MiB") : "–";

    private static string Ratio<T>(IReadOnlyDictionary<string, T> engines, Func<T, double> value) =>
        engines.TryGetValue(Engine.PyTorch, out var theirs) && engines.TryGetValue(Engine.Fit, out var ours)
            ? string.Create(CultureInfo.InvariantCulture, $"{value(ours) / value(theirs):F2}{Goal(value(ours) < value(theirs), "< 1")}") : "–";

    private static string Time(IReadOnlyDictionary<string, double> seconds, string engine) => !seconds.TryGetValue(engine, out var value) ? "–"
        : value >= 1e-3 ? string.Create(CultureInfo.InvariantCulture, $"{value * 1e3:F2} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{value * 1e6:F1} µs");

    private static string Speed(Case one, IReadOnlyDictionary<string, double> seconds)
    {
        if (!seconds.TryGetValue(Engine.PyTorch, out var theirs) || !seconds.TryGetValue(Engine.Fit, out var ours)) return "–";
        var speed = theirs / ours;
        return string.Create(CultureInfo.InvariantCulture, $"{speed:F2}×{(one.FasterThanPyTorch == 0 ? "" : Goal(speed >= one.FasterThanPyTorch, string.Create(CultureInfo.InvariantCulture, $"≥ {one.FasterThanPyTorch}")))}");
    }

    private static string Share(Case one, IReadOnlyDictionary<string, double> seconds)
    {
        if (!seconds.TryGetValue(Engine.Loop, out var theirs) || !seconds.TryGetValue(Engine.Fit, out var ours)) return "–";
        var share = ours / theirs;
        return string.Create(CultureInfo.InvariantCulture, $"{share:F2}{(one.TimesTheLoop == 0 ? "" : Goal(share <= one.TimesTheLoop, string.Create(CultureInfo.InvariantCulture, $"≤ {one.TimesTheLoop}")))}");
    }

    private static string Goal(bool reached, string goal) => $" ({goal} {(reached ? "✓" : "✗")})";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
