namespace DeepKeras.Layers;

/// <summary>What a <see cref="LookupTable{T}"/> is told by its layer.</summary>
/// <typeparam name="T">Texts or whole numbers.</typeparam>
internal sealed record LookupOptions<T>
    where T : notnull, IParsable<T>
{
    public required OutputMode Mode { get; init; }

    /// <summary>The greatest number of tokens, special ones included.</summary>
    public int? MaxTokens { get; init; }

    public int OovIndices { get; init; } = 1;

    /// <summary>The token that stands for "nothing"; an empty list for none.</summary>
    public required T[] Mask { get; init; }

    /// <summary>What unknown tokens are called.</summary>
    public required T Oov { get; init; }

    public bool Pad { get; init; }

    public bool Invert { get; init; }

    /// <summary>Which of several places an unknown token gets.</summary>
    public required Func<T, long> OovPlace { get; init; }

    /// <summary>The order that breaks ties between equally frequent tokens, the greatest first.</summary>
    public required IComparer<T> Order { get; init; }
}
