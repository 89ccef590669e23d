using System.Globalization;

namespace DeepKeras.Layers;

/// <summary>The value that <see cref="Hashing"/> sends to bin 0: a whole number (<c>maskValue: -1</c>) or a text (<c>maskValue: ""</c>).</summary>
public readonly record struct HashMask
{
    private readonly string? _text;
    private readonly long _number;

    private HashMask(string? text, long number) => (_text, _number) = (text, number);

    /// <summary>The number; <see langword="null"/> where it is a text.</summary>
    public long? Number => _text is null ? _number : null;

    /// <summary>The text; <see langword="null"/> where it is a number.</summary>
    public string? Text => _text;

    /// <inheritdoc/>
    public override string ToString() => _text ?? _number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static implicit operator HashMask(long number) => new(null, number);

    /// <summary>A text.</summary>
    public static implicit operator HashMask(string text) => new(text, 0);
}
