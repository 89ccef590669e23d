namespace DeepKeras.Data;

/// <summary>One sample: tensors without the batch axis. <c>(x, y)</c> converts by itself.</summary>
/// <param name="Inputs">One tensor per model input.</param>
/// <param name="Targets">One tensor per model output; empty when predicting.</param>
/// <param name="SampleWeights">One weight per output, or <see langword="null"/>.</param>
public sealed record Sample(Tensor[] Inputs, Tensor[] Targets, Tensor?[]? SampleWeights = null)
{
    /// <summary>A sample with one input and one target.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    public Sample(Tensor x, Tensor y)
        : this([x], [y])
    {
    }

    /// <summary>The model inputs that <see cref="Inputs"/> belong to, by name; <see langword="null"/> (the default) when they are in the model's order.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>The model outputs that <see cref="Targets"/> and <see cref="SampleWeights"/> belong to, by name; <see langword="null"/> when they are in the model's order.</summary>
    public IReadOnlyList<string>? TargetNames { get; init; }

    /// <summary>One input and one target.</summary>
    public static implicit operator Sample((Tensor X, Tensor Y) pair) => new(pair.X, pair.Y);

    /// <summary>One input, one target and its weight.</summary>
    public static implicit operator Sample((Tensor X, Tensor Y, Tensor SampleWeight) parts) => new([parts.X], [parts.Y], [parts.SampleWeight]);
}
