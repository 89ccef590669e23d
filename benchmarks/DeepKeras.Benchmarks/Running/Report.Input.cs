using System.Globalization;

namespace DeepKeras.Benchmarks.Running;

/// <content>The tables of the input pipeline.</content>
internal sealed partial class Report
{
    /// <summary>What ran on what, for the input pipeline.</summary>
    public void InputHead(Options options, IEnumerable<string> versions)
    {
        Machine(versions, $"{options.Workers} workers");
        Line($"Medians of {options.Rounds} rounds in turns; real files, read anew in each round; `./bench.sh --input{(options.Quick ? " --quick" : "")}` repeats it.");
        Line($"");
    }

    /// <summary>Images per second.</summary>
    public void Throughputs(IReadOnlyList<InputMeasurement> rows)
    {
        if (rows.Count == 0) return;
        Line($"| JPEG files to float32 batches, images per second | batch | torchvision | DeepKeras | speed, torchvision = 1 |");
        Line($"|---|--:|--:|--:|--:|");
        foreach (var (one, rates, _) in rows) Line($"| {one.Title} | {one.Batch} | {Rate(rates, Engine.PyTorch)} | {Rate(rates, Engine.Fit)} | {Speed(one, rates)} |");
        Line($"");
    }

    /// <summary>Which share of its time a training waits for data.</summary>
    public void Waits(IReadOnlyList<InputMeasurement> rows)
    {
        if (rows.Count == 0) return;
        Line($"| training from JPEG files | batch | PyTorch, images per second | it waits for data | DeepKeras, images per second | it waits for data |");
        Line($"|---|--:|--:|--:|--:|--:|");
        foreach (var (one, rates, waits) in rows) Line($"| {one.Title} | {one.Batch} | {Rate(rates, Engine.PyTorch)} | {Percent(waits, Engine.PyTorch)} | {Rate(rates, Engine.Fit)} | {Wait(one, waits)} |");
        Line($"");
    }

    private static string Rate(IReadOnlyDictionary<string, double> rates, string engine) => rates.TryGetValue(engine, out var value) ? value.ToString("N0", CultureInfo.InvariantCulture) : "–";

    private static string Percent(IReadOnlyDictionary<string, double> shares, string engine) => shares.TryGetValue(engine, out var value) ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:F1} %") : "–";

    private static string Speed(InputCase one, IReadOnlyDictionary<string, double> rates)
    {
        if (!rates.TryGetValue(Engine.PyTorch, out var theirs) || !rates.TryGetValue(Engine.Fit, out var ours)) return "–";
        var speed = ours / theirs;
        return string.Create(CultureInfo.InvariantCulture, $"{speed:F2}×{Goal(speed >= one.FasterThanTorchvision, string.Create(CultureInfo.InvariantCulture, $"≥ {one.FasterThanTorchvision}"))}");
    }

    private static string Wait(InputCase one, IReadOnlyDictionary<string, double> shares) => !shares.TryGetValue(Engine.Fit, out var share) ? "–"
        : $"{Percent(shares, Engine.Fit)}{Goal(share < one.WaitsLessThan, string.Create(CultureInfo.InvariantCulture, $"< {one.WaitsLessThan * 100:F0} %"))}";
}
