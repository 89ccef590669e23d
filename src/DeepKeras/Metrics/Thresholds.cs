using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepKeras.Metrics;

/// <summary>One threshold or several; a number and an array convert to it: <c>thresholds: 0.3</c>, <c>thresholds: [0.3, 0.5]</c>.</summary>
/// <remarks>A prediction counts as positive where it is above a threshold. With several, a metric gives one figure for each.</remarks>
[CollectionBuilder(typeof(Thresholds), nameof(Create))]
public sealed class Thresholds : IReadOnlyList<double>, IEquatable<Thresholds>
{
    private readonly double[] _values;

    /// <summary>Creates the list.</summary>
    /// <param name="values">Numbers from 0 to 1.</param>
    /// <exception cref="KerasException">There is none, or one is out of range.</exception>
    public Thresholds(params ReadOnlySpan<double> values)
    {
        _values = values.ToArray();
        if (_values.Length == 0 || !Array.TrueForAll(_values, v => v is >= 0 and <= 1))
        {
            throw Throw.MetricArgument("with thresholds", "thresholds", "numbers from 0 to 1", $"[{ToString()}]", "Predictions are probabilities; for logits put a sigmoid before, or pass fromLogits where the metric has it.");
        }
    }

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public double this[int index] => _values[index];

    /// <summary>Builds the list from a collection expression.</summary>
    /// <param name="values">Numbers from 0 to 1.</param>
    public static Thresholds Create(ReadOnlySpan<double> values) => new(values);

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Thresholds? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Thresholds);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Length == 0 ? 0 : HashCode.Combine(_values.Length, _values[0], _values[^1]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values.Select(v => v.ToString(CultureInfo.InvariantCulture)));

    /// <summary>One threshold.</summary>
    public static implicit operator Thresholds(double value) => new(value);

    /// <summary>Several thresholds.</summary>
    public static implicit operator Thresholds(double[] values) => new(values);
}
