using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DeepKeras.Callbacks;

/// <summary>
/// Keras's progress line: step of all steps, a bar, the remaining time, time per step, running figures. <c>Fit</c>, <c>Evaluate</c> and
/// <c>Predict</c> add it by themselves according to <c>verbose</c>.
/// </summary>
/// <remarks>
/// On a terminal the line is rewritten at most ten times a second, and only then are figures read from the device.
/// Where output goes to a file, and for <c>verbose: 2</c>, each epoch writes one plain line when it ends.
/// </remarks>
/// <param name="verbose">0 silent, 1 progress line, 2 one line per epoch.</param>
public sealed class ProgressReporter(int verbose = 1) : Callback
{
    private const int BarWidth = 20;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);
    private readonly Stopwatch _watch = new();
    private readonly StringBuilder _text = new();
    private int? _steps;
    private int _done;
    private TimeSpan _afterFirst;
    private TimeSpan _lastShown;
    private bool _inFit;

    /// <summary>0 silent, 1 progress line, 2 one line per epoch.</summary>
    public int Verbose { get; } = verbose;

    private bool IsLive => Verbose == 1 && Run.Output.IsTerminal;

    /// <inheritdoc/>
    public override void OnTrainBegin(Logs logs)
    {
        _inFit = true;
        _steps = Run.Steps;
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(Logs logs)
    {
        // A run that was interrupted leaves its line open.
        if (Verbose > 0) Run.Output.EndLine();
        _inFit = false;
    }

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch, Logs logs)
    {
        if (Verbose > 0 && Run.Epochs > 1) Run.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch + 1}/{Run.Epochs}"));
        Start();
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, Logs logs) => Step(batch, logs);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        // The first epoch of a stream tells how long the others are.
        _steps ??= _done;
        Finish(logs);
    }

    /// <inheritdoc/>
    public override void OnTestBegin(Logs logs) => StartAlone();

    /// <inheritdoc/>
    public override void OnTestBatchEnd(int batch, Logs logs)
    {
        if (!_inFit) Step(batch, logs);
    }

    /// <inheritdoc/>
    public override void OnTestEnd(Logs logs)
    {
        if (!_inFit) Finish(logs);
    }

    /// <inheritdoc/>
    public override void OnPredictBegin(Logs logs) => StartAlone();

    /// <inheritdoc/>
    public override void OnPredictBatchEnd(int batch, Logs logs)
    {
        if (!_inFit) Step(batch, logs);
    }

    /// <inheritdoc/>
    public override void OnPredictEnd(Logs logs)
    {
        if (!_inFit) Finish(logs);
    }

    private void StartAlone()
    {
        if (_inFit) return;
        _steps = Run.Steps;
        Start();
    }

    private void Start()
    {
        _done = 0;
        _afterFirst = _lastShown = TimeSpan.Zero;
        _watch.Restart();
    }

    private void Step(int batch, Logs logs)
    {
        _done = batch + 1;
        var now = _watch.Elapsed;
        if (_done == 1) _afterFirst = now;
        if (!IsLive || (_done > 1 && now - _lastShown < s_interval)) return;
        _lastShown = now;
        Run.Output.Rewrite(Line(now, logs, isFinal: false));
    }

    private void Finish(Logs logs)
    {
        if (Verbose == 0) return;
        var now = _watch.Elapsed;
        if (!IsLive)
        {
            Run.Output.WriteLine(Line(now, logs, isFinal: true));
            return;
        }
        Run.Output.Rewrite(Line(now, logs, isFinal: true));
        Run.Output.EndLine();
    }

    private string Line(TimeSpan now, Logs logs, bool isFinal)
    {
        _text.Clear();
        var perStep = PerStep(now);
        if (IsLive)
        {
            AppendBold(Count());
            AppendBar();
            AppendBold(isFinal || _steps is null ? Duration(now) : Duration((_steps.Value - _done) * perStep), before: " ");
            _text.Append(' ').Append(StepTime(perStep));
        }
        else
        {
            _text.Append(CultureInfo.InvariantCulture, $"{Count()} - {Duration(now)} - {StepTime(perStep)}");
        }
        foreach (var (name, value) in logs) _text.Append(CultureInfo.InvariantCulture, $" - {name}: {Figure(value)}");
        return _text.ToString();
    }

    private string Count() => _steps is { } steps
        ? string.Create(CultureInfo.InvariantCulture, $"{_done.ToString(CultureInfo.InvariantCulture).PadLeft(steps.ToString(CultureInfo.InvariantCulture).Length)}/{steps}")
        : string.Create(CultureInfo.InvariantCulture, $"{_done,7}/Unknown");

    private void AppendBar()
    {
        if (_steps is not { } steps) return;
        var filled = Math.Clamp((int)((long)BarWidth * _done / Math.Max(steps, 1)), 0, BarWidth);
        _text.Append(" \e[32m").Append('━', filled).Append("\e[37m").Append('━', BarWidth - filled).Append("\e[0m");
    }

    private void AppendBold(string text, string before = "") => _text.Append(before).Append("\e[1m").Append(text).Append("\e[0m");

    /// <summary>Time per step without the first, which pays for everything that happens once.</summary>
    private TimeSpan PerStep(TimeSpan now) => _done switch
    {
        0 => TimeSpan.Zero,
        1 => now,
        _ => (now - _afterFirst) / (_done - 1),
    };

    private static string Duration(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds);
        return seconds switch
        {
            > 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds % 3600 / 60:00}:{seconds % 60:00}"),
            > 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
        };
    }

    private static string StepTime(TimeSpan time) => time.TotalSeconds switch
    {
        >= 1 or 0 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s/step"),
        >= 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms/step"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0}us/step"),
    };

    private static string Figure(double value) => Math.Abs(value) > 1e-3 || !double.IsFinite(value)
        ? value.ToString("0.0000", CultureInfo.InvariantCulture)
        : value.ToString("0.0000e+00", CultureInfo.InvariantCulture);
}
