using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepKeras;

/// <summary>
/// Texts in an array of any rank, which tensors cannot hold: <c>"one"</c>, <c>["a", "b"]</c>, <c>string[]</c>, <c>string[,]</c> and lists convert to it.
/// </summary>
[CollectionBuilder(typeof(Strings), nameof(Create))]
public sealed class Strings : IReadOnlyList<string>
{
    private readonly string[] _values;

    /// <summary>Creates the array.</summary>
    /// <param name="values">The texts, row by row.</param>
    /// <param name="shape">Their shape; one axis by default.</param>
    /// <exception cref="KerasException">The shape has another number of elements, or a text is <see langword="null"/>.</exception>
    public Strings(IEnumerable<string> values, Shape? shape = null)
    {
        _values = [.. values];
        Shape = shape ?? new Shape((long?)_values.Length);
        if (Shape.ElementCount != _values.Length) throw Throw.BadArgument(nameof(Strings), nameof(shape), $"a shape of {_values.Length.ToString(CultureInfo.InvariantCulture)} elements", Shape, "Give as many texts as the shape holds.");
        if (Array.IndexOf(_values, null) is >= 0 and var place) throw Throw.BadArgument(nameof(Strings), nameof(values), "texts", $"null at position {place.ToString(CultureInfo.InvariantCulture)}", "Put an empty text there.");
    }

    /// <summary>The shape; <see cref="Shape.Scalar"/> for one text.</summary>
    public Shape Shape { get; }

    /// <summary>How many texts there are.</summary>
    public int Count => _values.Length;

    /// <summary>A text by its position, row by row.</summary>
    /// <param name="index">The position, from 0.</param>
    public string this[int index] => _values[index];

    /// <summary>Builds an array of one axis from a collection expression.</summary>
    /// <param name="values">The texts.</param>
    public static Strings Create(ReadOnlySpan<string> values) => new(values.ToArray());

    /// <summary>The first texts.</summary>
    public override string ToString() => $"{Shape} [{string.Join(", ", _values.Take(8).Select(v => $"\"{v}\""))}{(Count > 8 ? ", …" : "")}]";

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One text.</summary>
    public static implicit operator Strings(string text) => new([text], Shape.Scalar);

    /// <summary>An array of one axis.</summary>
    public static implicit operator Strings(string[] texts) => new(texts);

    /// <summary>An array of one axis.</summary>
    public static implicit operator Strings(List<string> texts) => new(texts);

    /// <summary>An array of two axes.</summary>
    public static implicit operator Strings(string[,] texts) => new(texts.Cast<string>(), new Shape((long?)texts.GetLength(0), texts.GetLength(1)));

    /// <summary>An array of three axes.</summary>
    public static implicit operator Strings(string[,,] texts) => new(texts.Cast<string>(), new Shape((long?)texts.GetLength(0), texts.GetLength(1), texts.GetLength(2)));
}
