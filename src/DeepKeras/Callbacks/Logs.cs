using System.Collections;

namespace DeepKeras.Callbacks;

/// <summary>Names and values at a point of training: <c>loss</c>, the metrics, <c>val_…</c>. Values are read from the device only when asked for.</summary>
public sealed class Logs : IReadOnlyDictionary<string, double>
{
    private readonly SortedDictionary<string, double> _values = new(StringComparer.Ordinal);
    private Func<IEnumerable<KeyValuePair<string, double>>>? _read;

    /// <summary>Creates empty logs.</summary>
    public Logs()
    {
    }

    internal Logs(Func<IEnumerable<KeyValuePair<string, double>>> read) => _read = read;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => Values().Keys;

    /// <inheritdoc/>
    IEnumerable<double> IReadOnlyDictionary<string, double>.Values => Values().Values;

    /// <inheritdoc/>
    public int Count => Values().Count;

    /// <summary>A value; setting adds a column to the history.</summary>
    /// <param name="key">The name.</param>
    public double this[string key]
    {
        get => Values()[key];
        set => Values()[key] = value;
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Values().ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out double value) => Values().TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => Values().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private SortedDictionary<string, double> Values()
    {
        if (Interlocked.Exchange(ref _read, null) is { } read)
        {
            foreach (var (key, value) in read()) _values[key] = value;
        }
        return _values;
    }
}
