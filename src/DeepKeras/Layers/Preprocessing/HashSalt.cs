using System.Globalization;

namespace DeepKeras.Layers;

/// <summary>The key of a hash: <c>salt: 133</c> stands for both halves, <c>salt: (133, 137)</c> gives each.</summary>
/// <param name="First">The first half.</param>
/// <param name="Second">The second half.</param>
public readonly record struct HashSalt(long First, long Second)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({First}, {Second})");

    /// <summary>One number for both halves.</summary>
    public static implicit operator HashSalt(long both) => new(both, both);

    /// <summary>Both halves.</summary>
    public static implicit operator HashSalt((long First, long Second) halves) => new(halves.First, halves.Second);

    /// <summary>Both halves, or one number for both.</summary>
    /// <exception cref="KerasException">There are not one or two numbers.</exception>
    public static implicit operator HashSalt(long[] halves) => halves switch
    {
        [var both] => new HashSalt(both, both),
        [var first, var second] => new HashSalt(first, second),
        _ => throw Throw.OutOfRange("salt", "one whole number, or two", $"{halves.Length} numbers"),
    };
}
