using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepKeras;

/// <summary>One number, or an array of numbers of any rank, as an argument: <c>mean: 0.5</c>, <c>mean: [0.5, 0.4, 0.3]</c> and <c>new double[,] {…}</c> convert to it.</summary>
[CollectionBuilder(typeof(Numbers), nameof(Create))]
public sealed class Numbers : IReadOnlyList<double>, IEquatable<Numbers>
{
    private readonly double[] _values;

    /// <summary>Creates the numbers.</summary>
    /// <param name="values">The numbers, row by row.</param>
    /// <param name="shape">Their shape; one axis by default.</param>
    /// <exception cref="KerasException">The shape has another number of elements.</exception>
    public Numbers(IEnumerable<double> values, Shape? shape = null)
    {
        _values = [.. values];
        Shape = shape ?? new Shape((long?)_values.Length);
        if (Shape.ElementCount != _values.Length) throw Throw.BadArgument(nameof(Numbers), nameof(shape), $"a shape of {_values.Length.ToString(CultureInfo.InvariantCulture)} elements", Shape, "Give as many numbers as the shape holds.");
    }

    /// <summary>The shape; <see cref="Shape.Scalar"/> for one number.</summary>
    public Shape Shape { get; }

    /// <summary>Whether this is one number and not an array.</summary>
    public bool IsScalar => Shape.Rank == 0;

    /// <summary>How many numbers there are.</summary>
    public int Count => _values.Length;

    /// <summary>A number by its position, row by row.</summary>
    /// <param name="index">The position, from 0.</param>
    public double this[int index] => _values[index];

    /// <summary>Builds an array of one axis from a collection expression.</summary>
    /// <param name="values">The numbers.</param>
    public static Numbers Create(ReadOnlySpan<double> values) => new(values.ToArray());

    /// <summary>The numbers as a tensor on the CPU.</summary>
    /// <param name="dtype">Its element type.</param>
    public Tensor ToTensor(ScalarType dtype)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor(_values).reshape(Shape.ToArray()).to(dtype).MoveToOuterDisposeScope();
    }

    /// <summary>Whether the array broadcasts to a shape: aligned at the end, each extent equal or 1.</summary>
    /// <param name="shape">The wanted shape.</param>
    public bool StretchesTo(ReadOnlySpan<long> shape)
    {
        if (Shape.Rank > shape.Length) return false;
        for (var i = 1; i <= Shape.Rank; i++)
        {
            if (Shape[^i] != 1 && Shape[^i] != shape[^i]) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Numbers? other) => other is not null && Shape == other.Shape && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Numbers);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Shape);
        foreach (var value in _values) hash.Add(value);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => IsScalar
        ? _values[0].ToString(CultureInfo.InvariantCulture)
        : $"[{string.Join(", ", _values.Take(8).Select(v => v.ToString(CultureInfo.InvariantCulture)))}{(Count > 8 ? ", …" : "")}]";

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One number.</summary>
    public static implicit operator Numbers(double value) => new([value], Shape.Scalar);

    /// <summary>An array of one axis.</summary>
    public static implicit operator Numbers(double[] values) => new(values);

    /// <summary>An array of one axis.</summary>
    public static implicit operator Numbers(float[] values) => new(values.Select(v => (double)v));

    /// <summary>An array of two axes.</summary>
    public static implicit operator Numbers(double[,] values) => new(values.Cast<double>(), new Shape((long?)values.GetLength(0), values.GetLength(1)));
}
