using System.Diagnostics;
using System.Globalization;

namespace DeepKeras;

/// <summary>What <c>Fit</c> recorded: per epoch the loss, the metrics, and with validation their <c>val_</c> counterparts.</summary>
public sealed class History
{
    private readonly SortedDictionary<string, List<double>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _measured = new(StringComparer.Ordinal);
    private readonly List<int> _epochs = [];

    internal History()
    {
    }

    /// <summary>The names, sorted: <c>accuracy</c>, <c>loss</c>, <c>val_accuracy</c>, <c>val_loss</c>.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>The epochs that ended, from 0.</summary>
    public IReadOnlyList<int> Epochs => _epochs;

    /// <summary>Whether training was stopped from outside (Ctrl-C or a cancellation token) before its last epoch.</summary>
    public bool WasInterrupted { get; internal set; }

    /// <summary>How long the training steps of all epochs took together, waiting for data included, in seconds. Validation and what callbacks do after an epoch is not in it.</summary>
    public double TrainingSeconds => TrainingTicks / (double)Stopwatch.Frequency;

    /// <summary>How much of <see cref="TrainingSeconds"/> went by waiting for the next batch, in seconds. Where it is much, give <c>Map</c> workers and end the data set with <c>Prefetch</c>.</summary>
    public double DataWaitSeconds => DataWaitTicks / (double)Stopwatch.Frequency;

    internal long TrainingTicks { get; private set; }

    internal long DataWaitTicks { get; set; }

    /// <summary>One value per epoch (fewer where it was not measured in every epoch).</summary>
    /// <param name="key">A name such as <c>val_accuracy</c>.</param>
    /// <exception cref="KerasException">Nothing of that name was recorded.</exception>
    public IReadOnlyList<double> this[string key] => _values.TryGetValue(key, out var values) ? values : throw Throw.UnknownName("history key", key, _values.Keys);

    /// <summary>Whether a name was recorded.</summary>
    /// <param name="key">A name.</param>
    public bool Contains(string key) => _values.ContainsKey(key);

    /// <summary>In which epochs a name was measured, from 0: one entry per value of <c>history[key]</c>.</summary>
    /// <param name="key">A name such as <c>val_accuracy</c>.</param>
    /// <exception cref="KerasException">Nothing of that name was recorded.</exception>
    public IReadOnlyList<int> EpochsOf(string key) => _measured.TryGetValue(key, out var epochs) ? epochs : throw Throw.UnknownName("history key", key, _values.Keys);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key}: {p.Value[^1]:0.0000}")));

    /// <summary>Counts the time since a timestamp as training.</summary>
    /// <returns>The timestamp of now.</returns>
    internal long AddTraining(long since)
    {
        var now = Stopwatch.GetTimestamp();
        TrainingTicks += now - since;
        return now;
    }

    internal void Record(int epoch, IEnumerable<KeyValuePair<string, double>> logs)
    {
        _epochs.Add(epoch);
        foreach (var (key, value) in logs)
        {
            if (!_values.TryGetValue(key, out var values)) _values[key] = values = [];
            values.Add(value);
            if (!_measured.TryGetValue(key, out var epochs)) _measured[key] = epochs = [];
            epochs.Add(epoch);
        }
    }
}
