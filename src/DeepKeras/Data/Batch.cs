namespace DeepKeras.Data;

/// <summary>One step's worth of samples: tensors whose first axis counts them. The model moves them to its device and converts them there.</summary>
/// <param name="Inputs">One tensor per model input.</param>
/// <param name="Targets">One tensor per model output; empty when predicting.</param>
/// <param name="SampleWeights">One weight tensor per output, or <see langword="null"/>.</param>
/// <param name="Count">How many samples.</param>
public sealed record Batch(Tensor[] Inputs, Tensor[] Targets, Tensor?[]? SampleWeights, long Count)
{
    /// <summary>The model inputs that <see cref="Inputs"/> belong to, by name; <see langword="null"/> (the default) when they are in the model's order.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>The model outputs that <see cref="Targets"/> and <see cref="SampleWeights"/> belong to, by name; <see langword="null"/> when they are in the model's order.</summary>
    public IReadOnlyList<string>? TargetNames { get; init; }
}
