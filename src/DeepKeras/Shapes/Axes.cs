using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepKeras;

/// <summary>One axis or several: <c>axis: -1</c>, <c>axis: (1, 2)</c> and <c>axis: [0, 1, 2]</c> convert to it. Negative ones count from the end.</summary>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public sealed class Axes : IReadOnlyList<int>, IEquatable<Axes>
{
    private readonly int[] _values;

    /// <summary>Creates the list of axes.</summary>
    /// <param name="values">The axes as they were written.</param>
    public Axes(params ReadOnlySpan<int> values) => _values = values.ToArray();

    /// <summary>The last axis.</summary>
    public static Axes Last { get; } = new(-1);

    /// <summary>How many axes there are.</summary>
    public int Count => _values.Length;

    /// <summary>The axis at a position of the list.</summary>
    /// <param name="index">The position, from 0.</param>
    public int this[int index] => _values[index];

    /// <summary>Builds the list from a collection expression.</summary>
    /// <param name="values">The axes as they were written.</param>
    public static Axes Create(ReadOnlySpan<int> values) => new(values);

    /// <summary>The axes counted from 0, each once, in rising order.</summary>
    /// <param name="rank">The number of axes of the tensor.</param>
    /// <param name="axes">The result, or an empty array when an axis is outside of the tensor.</param>
    /// <returns>Whether every axis exists.</returns>
    public bool TryResolve(int rank, out int[] axes)
    {
        axes = [.. _values.Select(a => a < 0 ? a + rank : a).Distinct().Order()];
        if (axes.Length > 0 && axes[0] >= 0 && axes[^1] < rank) return true;
        axes = [];
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(Axes? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Axes);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var axis in _values) hash.Add(axis);
        return hash.ToHashCode();
    }

    /// <summary>A number for one axis, a list in brackets for several.</summary>
    public override string ToString() => Count == 1
        ? _values[0].ToString(CultureInfo.InvariantCulture)
        : $"[{string.Join(", ", _values.Select(a => a.ToString(CultureInfo.InvariantCulture)))}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One axis.</summary>
    public static implicit operator Axes(int axis) => new(axis);

    /// <summary>Two axes.</summary>
    public static implicit operator Axes((int, int) axes) => new(axes.Item1, axes.Item2);

    /// <summary>Three axes.</summary>
    public static implicit operator Axes((int, int, int) axes) => new(axes.Item1, axes.Item2, axes.Item3);

    /// <summary>The axes of an array.</summary>
    public static implicit operator Axes(int[] axes) => new(axes);
}
