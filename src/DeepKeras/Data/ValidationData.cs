namespace DeepKeras.Data;

/// <summary>What <c>Fit</c> validates on after an epoch: <c>(x, y)</c>, <c>(x, y, sampleWeight)</c> or a <c>Dataset&lt;Batch&gt;</c>.</summary>
public sealed class ValidationData
{
    private ValidationData(TensorData inputs, TensorData targets, TensorData? sampleWeight) => (Inputs, Targets, SampleWeight) = (inputs, targets, sampleWeight);

    private ValidationData(Dataset<Batch> source) => Source = source;

    internal TensorData? Inputs { get; }

    internal TensorData? Targets { get; }

    internal TensorData? SampleWeight { get; }

    internal Dataset<Batch>? Source { get; }

    /// <summary>Inputs and targets.</summary>
    public static implicit operator ValidationData((TensorData Inputs, TensorData Targets) data) => new(data.Inputs, data.Targets, null);

    /// <summary>Inputs, targets and sample weights.</summary>
    public static implicit operator ValidationData((TensorData Inputs, TensorData Targets, TensorData SampleWeight) data) => new(data.Inputs, data.Targets, data.SampleWeight);

    /// <summary>Inputs and targets.</summary>
    public static implicit operator ValidationData((Tensor Inputs, Tensor Targets) data) => new(data.Inputs, data.Targets, null);

    /// <summary>Inputs and targets.</summary>
    public static implicit operator ValidationData((Array Inputs, Array Targets) data) => new(data.Inputs, data.Targets, null);

    /// <summary>Batches.</summary>
    public static implicit operator ValidationData(Dataset<Batch> source) => new(source);
}
