using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepKeras;

/// <summary>
/// The extents of a tensor, axis by axis; <see langword="null"/> stands for an extent that is not known before data arrives
/// (the batch axis, or a free image size).
/// </summary>
/// <remarks>Numbers, tuples, arrays and collection expressions convert to it: <c>Input(shape: (32, 32, 1))</c>, <c>Input(784)</c>, <c>Reshape([-1, 7])</c>.</remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<long?>, IEquatable<Shape>
{
    private readonly long?[] _dimensions;

    /// <summary>Creates a shape from its extents.</summary>
    /// <param name="dimensions">One entry per axis; <see langword="null"/> where the extent is unknown.</param>
    public Shape(params ReadOnlySpan<long?> dimensions) => _dimensions = dimensions.ToArray();

    /// <summary>Creates a shape whose extents are all known.</summary>
    /// <param name="dimensions">One entry per axis.</param>
    public Shape(long[] dimensions) => _dimensions = [.. dimensions.Select(d => (long?)d)];

    /// <summary>The shape of a scalar.</summary>
    public static Shape Scalar { get; } = new(ReadOnlySpan<long?>.Empty);

    /// <summary>The number of axes.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>The number of axes (the same as <see cref="Rank"/>).</summary>
    public int Count => _dimensions.Length;

    /// <summary>Whether every extent is known.</summary>
    public bool IsFullyKnown => Array.TrueForAll(_dimensions, d => d.HasValue);

    /// <summary>The product of the extents, or <see langword="null"/> when one is unknown.</summary>
    public long? ElementCount => _dimensions.Aggregate((long?)1, (product, d) => product * d);

    /// <summary>The extent of an axis; <c>shape[^1]</c> is the last.</summary>
    /// <param name="index">The axis, from 0.</param>
    public long? this[int index] => _dimensions[index];

    /// <summary>The axes from <paramref name="start"/> on, so that ranges work: <c>shape[1..^1]</c>.</summary>
    /// <param name="start">The first axis.</param>
    /// <param name="length">How many axes.</param>
    public Shape Slice(int start, int length) => new(_dimensions.AsSpan(start, length));

    /// <summary>The same shape with one extent replaced.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="extent">Its new extent.</param>
    public Shape With(int axis, long? extent)
    {
        var copy = (long?[])_dimensions.Clone();
        copy[axis < 0 ? axis + copy.Length : axis] = extent;
        return new(copy);
    }

    /// <summary>The same shape with the extents of <paramref name="tail"/> behind its own.</summary>
    /// <param name="tail">What follows.</param>
    public Shape Append(params ReadOnlySpan<long?> tail) => new([.. _dimensions, .. tail]);

    /// <summary>The same shape with an unknown batch axis in front: <c>(28, 28)</c> becomes <c>(None, 28, 28)</c>.</summary>
    public Shape WithBatch() => new([null, .. _dimensions]);

    /// <summary>The extents as an array that torch takes.</summary>
    /// <exception cref="KerasException">An extent is unknown.</exception>
    public long[] ToArray() => IsFullyKnown
        ? [.. _dimensions.Select(d => d!.Value)]
        : throw new KerasException($"Shape {this} has an unknown extent where every extent must be known. Give Input a full shape.");

    /// <summary>Whether a tensor of shape <paramref name="actual"/> fits: the same rank, and equal wherever this one is known.</summary>
    /// <param name="actual">The extents of a real tensor.</param>
    public bool Accepts(ReadOnlySpan<long> actual)
    {
        if (actual.Length != Rank) return false;
        for (var i = 0; i < actual.Length; i++)
        {
            if (_dimensions[i] is { } expected && expected != actual[i]) return false;
        }
        return true;
    }

    /// <summary>The shape of a real tensor.</summary>
    /// <param name="tensor">Any tensor.</param>
    public static Shape Of(Tensor tensor) => new(tensor.shape);

    /// <summary>Builds a shape from a collection expression.</summary>
    /// <param name="dimensions">One entry per axis.</param>
    public static Shape Create(ReadOnlySpan<long?> dimensions) => new(dimensions);

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var d in _dimensions) hash.Add(d);
        return hash.ToHashCode();
    }

    /// <summary>The shape as Keras prints it: <c>(None, 28, 28, 6)</c>.</summary>
    public override string ToString()
    {
        var parts = _dimensions.Select(d => d?.ToString(CultureInfo.InvariantCulture) ?? "None");
        return Rank == 1 ? $"({parts.First()},)" : $"({string.Join(", ", parts)})";
    }

    /// <inheritdoc/>
    public IEnumerator<long?> GetEnumerator() => ((IEnumerable<long?>)_dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether two shapes are equal axis by axis.</summary>
    public static bool operator ==(Shape? left, Shape? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape? left, Shape? right) => !(left == right);

    /// <summary>A shape of one axis.</summary>
    public static implicit operator Shape(int extent) => new((long?)extent);

    /// <summary>A shape of one axis.</summary>
    public static implicit operator Shape(long extent) => new((long?)extent);

    /// <summary>A shape of one axis, perhaps unknown.</summary>
    public static implicit operator Shape(ValueTuple<int?> extents) => new((long?)extents.Item1);

    /// <summary>A shape of two axes.</summary>
    public static implicit operator Shape((int?, int?) extents) => new(extents.Item1, extents.Item2);

    /// <summary>A shape of three axes.</summary>
    public static implicit operator Shape((int?, int?, int?) extents) => new(extents.Item1, extents.Item2, extents.Item3);

    /// <summary>A shape of four axes.</summary>
    public static implicit operator Shape((int?, int?, int?, int?) extents) => new(extents.Item1, extents.Item2, extents.Item3, extents.Item4);

    /// <summary>A shape of five axes.</summary>
    public static implicit operator Shape((int?, int?, int?, int?, int?) extents) => new(extents.Item1, extents.Item2, extents.Item3, extents.Item4, extents.Item5);

    /// <summary>A shape from an array.</summary>
    public static implicit operator Shape(long[] extents) => new(extents);

    /// <summary>A shape from an array.</summary>
    public static implicit operator Shape(int[] extents) => new([.. extents.Select(e => (long?)e)]);
}
