using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepKeras.Layers;

/// <summary>How many neighbouring tokens make one: <c>ngrams: 2</c> for single tokens and pairs, <c>ngrams: (1, 3)</c> or <c>[1, 3]</c> for exactly these.</summary>
[CollectionBuilder(typeof(NGrams), nameof(Create))]
public sealed class NGrams : IReadOnlyList<int>
{
    private readonly int[] _widths;

    /// <summary>Creates the list.</summary>
    /// <param name="widths">How many tokens, each at least 1.</param>
    /// <exception cref="KerasException">There is none, or one is below 1.</exception>
    public NGrams(params ReadOnlySpan<int> widths)
    {
        _widths = widths.ToArray();
        if (_widths.Length == 0 || _widths.Min() < 1) throw Throw.OutOfRange("ngrams", "a whole number of at least 1, or several", this);
    }

    /// <summary>The number that stands for all up to it; <see langword="null"/> where a list was given.</summary>
    public int? Most { get; private init; }

    /// <summary>How many widths there are.</summary>
    public int Count => _widths.Length;

    /// <summary>A width by its place.</summary>
    /// <param name="index">The place, from 0.</param>
    public int this[int index] => _widths[index];

    /// <summary>Builds the list from a collection expression.</summary>
    /// <param name="widths">How many tokens.</param>
    public static NGrams Create(ReadOnlySpan<int> widths) => new(widths);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", _widths.Select(w => w.ToString(CultureInfo.InvariantCulture)))}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_widths).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>All tokens with a space between them, width by width.</summary>
    /// <param name="tokens">The tokens in order.</param>
    internal string[] Join(string[] tokens) =>
        [.. _widths.SelectMany(w => Enumerable.Range(0, Math.Max(0, tokens.Length - w + 1)).Select(i => string.Join(' ', tokens.AsSpan(i, w).ToArray())))];

    /// <summary>All widths up to a number.</summary>
    public static implicit operator NGrams(int most) => new(Enumerable.Range(1, Math.Max(0, most)).ToArray()) { Most = most };

    /// <summary>Two widths.</summary>
    public static implicit operator NGrams((int, int) widths) => new(widths.Item1, widths.Item2);

    /// <summary>Three widths.</summary>
    public static implicit operator NGrams((int, int, int) widths) => new(widths.Item1, widths.Item2, widths.Item3);

    /// <summary>The widths of an array.</summary>
    public static implicit operator NGrams(int[] widths) => new(widths.AsSpan());
}
