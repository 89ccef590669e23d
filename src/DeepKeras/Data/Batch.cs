namespace DeepKeras.Data;

/// <summary>One step's worth of samples, on the model's device.</summary>
/// <param name="Inputs">One tensor per model input.</param>
/// <param name="Targets">One tensor per model output; empty when predicting.</param>
/// <param name="SampleWeights">One weight tensor per output, or <see langword="null"/>.</param>
/// <param name="Count">How many samples.</param>
public sealed record Batch(Tensor[] Inputs, Tensor[] Targets, Tensor?[]? SampleWeights, long Count);
