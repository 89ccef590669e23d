namespace DeepKeras.Serialization;

/// <summary>One safetensors file as a source of weights.</summary>
internal sealed class SafetensorsWeights(SafetensorsReader file) : IWeightReader
{
    public IReadOnlyList<WeightEntry> Entries { get; } = [.. file.Entries.Select(e => new WeightEntry(e.Name, e.Dtype, e.Shape))];

    public IReadOnlyDictionary<string, string> Metadata => file.Metadata;

    public IReadOnlyList<string> Skipped => [];

    public Tensor Read(string name) => file.Read(name);

    public void Dispose() => file.Dispose();
}
