using System.Globalization;

namespace DeepKeras.Callbacks;

/// <summary>How often a callback acts: <c>"epoch"</c> (the default), <c>"batch"</c>, or a number of batches.</summary>
public readonly record struct Frequency
{
    private Frequency(int batches) => Batches = batches;

    /// <summary>Batches from one time to the next; <see langword="null"/> for the ends of epochs.</summary>
    public int? Batches { get; }

    /// <inheritdoc/>
    public override string ToString() => Batches?.ToString(CultureInfo.InvariantCulture) ?? "epoch";

    /// <summary>Refuses numbers below 1.</summary>
    internal Frequency Checked(string owner, string argument) =>
        Batches < 1 ? throw Throw.BadArgument(owner, argument, "at least 1 batch", Batches, "Write \"epoch\" for the ends of epochs.") : this;

    /// <summary><c>"epoch"</c> or <c>"batch"</c>.</summary>
    /// <exception cref="KerasException">It is another word.</exception>
    public static implicit operator Frequency(string word) => word switch
    {
        "epoch" => default,
        "batch" => new(1),
        _ => throw Throw.UnknownName("frequency", word, ["epoch", "batch"]),
    };

    /// <summary>Every so many batches.</summary>
    public static implicit operator Frequency(int batches) => new(batches);
}
