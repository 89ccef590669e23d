using System.Collections;
using System.Globalization;

namespace DeepKeras;

/// <summary>What <c>Evaluate</c> measured: <c>score[0]</c> is the loss, <c>score[1]</c> the first metric; also by name: <c>score["accuracy"]</c>.</summary>
public sealed class Score : IReadOnlyList<double>
{
    private readonly IReadOnlyList<KeyValuePair<string, double>> _values;

    internal Score(IReadOnlyList<KeyValuePair<string, double>> values) => _values = values;

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names => [.. _values.Select(v => v.Key)];

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <summary>The loss, with all penalties.</summary>
    /// <exception cref="KerasException">The model was compiled without a loss.</exception>
    public double Loss => this["loss"];

    /// <inheritdoc/>
    public double this[int index] => _values[index].Value;

    /// <summary>A figure by its name.</summary>
    /// <param name="name">A name such as <c>accuracy</c>.</param>
    public double this[string name] => _values.Any(v => v.Key == name) ? _values.First(v => v.Key == name).Value : throw Throw.UnknownName("figure", name, Names);

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => _values.Select(v => v.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}: {v.Value:0.0000}")));
}
