namespace DeepKeras.Training;

/// <summary>How <c>Fit</c> mixes arrays in each epoch: <see langword="true"/> (the default) all samples, <see langword="false"/> not at all, <c>"batch"</c> those of each batch among themselves.</summary>
public readonly record struct Shuffling
{
    /// <summary>Whether samples keep their order.</summary>
    public bool IsOff { get; private init; }

    /// <summary>Whether samples change places only within their batch, so that data that lies on a disk is read in order.</summary>
    public bool IsWithinBatches { get; private init; }

    /// <summary>All samples, or not at all.</summary>
    public static implicit operator Shuffling(bool shuffles) => new() { IsOff = !shuffles };

    /// <summary><c>"batch"</c>.</summary>
    /// <exception cref="KerasException">It is another word.</exception>
    public static implicit operator Shuffling(string word) => word == "batch" ? new() { IsWithinBatches = true } : throw Throw.UnknownName("shuffle", word, ["batch"]);

    /// <summary>A new order of so many samples, or <see langword="null"/> for the one they have.</summary>
    internal long[]? Order(long count, int batchSize)
    {
        if (IsOff) return null;
        if (!IsWithinBatches) return RandomSource.Permutation(count);
        var order = new long[count];
        for (long start = 0; start < count; start += batchSize)
        {
            var within = RandomSource.Permutation(Math.Min(batchSize, count - start));
            for (var i = 0; i < within.Length; i++) order[start + i] = start + within[i];
        }
        return order;
    }
}
